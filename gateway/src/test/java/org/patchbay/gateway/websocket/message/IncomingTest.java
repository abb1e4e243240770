package org.patchbay.gateway.websocket.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.SignalKind;
import org.patchbay.protocol.header.Headers;

class IncomingTest {

    private static final UnaryOperator<Headers> AS_SENT = UnaryOperator.identity();

    private final Incoming incoming = new Incoming(Set.of("mine:ack"));

    @ParameterizedTest
    @CsvSource({
        "START-SEND-EVENTS,               TWIN_EVENTS,          START-SEND-EVENTS:ACK",
        "START-SEND-MESSAGES,             LIVE_MESSAGES,        START-SEND-MESSAGES:ACK",
        "START-SEND-LIVE-COMMANDS,        LIVE_COMMANDS,        START-SEND-LIVE-COMMANDS:ACK",
        "START-SEND-LIVE-EVENTS,          LIVE_EVENTS,          START-SEND-LIVE-EVENTS:ACK",
        "START-SEND-POLICY-ANNOUNCEMENTS, POLICY_ANNOUNCEMENTS, START-SEND-POLICY-ANNOUNCEMENTS:ACK"
    })
    void a_subscription_is_started_by_its_name(String text, SignalKind kind, String ack) {
        assertThat(read(text))
                .isInstanceOfSatisfying(
                        Received.Start.class,
                        start -> {
                            assertThat(start.subscription().kind()).isEqualTo(kind);
                            assertThat(start.subscription().namespaces()).isEmpty();
                            assertThat(start.subscription().filter()).isNull();
                            assertThat(start.topic().started()).isEqualTo(ack);
                        });
        assertThat(read(text.replace("START", "STOP")))
                .isInstanceOfSatisfying(
                        Received.Stop.class,
                        stop -> assertThat(stop.topic().kind()).isEqualTo(kind));
    }

    @Test
    void its_parameters_are_decoded_and_others_overlooked() {
        assertThat(
                        read(
                                "START-SEND-EVENTS?namespaces=org.a,org.b&foo=bar&flag"
                                        + "&filter=eq(attributes/a,%22x%26y%22)&extraFields=attributes/a"))
                .isInstanceOfSatisfying(
                        Received.Start.class,
                        start -> {
                            assertThat(start.subscription().namespaces())
                                    .containsOnly("org.a", "org.b");
                            assertThat(start.subscription().filter()).isNotNull();
                            assertThat(start.subscription().extraFields()).isNotNull();
                        });
    }

    @Test
    void a_new_token_is_read_and_never_shown() {
        assertThat(read("JWT-TOKEN?jwtToken=a.b.c"))
                .isInstanceOfSatisfying(
                        Received.Renew.class,
                        renew -> {
                            assertThat(renew.token()).isEqualTo("a.b.c");
                            assertThat(renew).asString().doesNotContain("a.b.c");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"START-SEND-EVENT", "STOP-SEND-", "start-send-events", "JWT"})
    void a_name_that_means_nothing_is_no_json_either(String text) {
        assertThat(error(text)).isEqualTo("400 json.invalid");
    }

    @Test
    void an_error_has_the_correlation_id_that_could_be_read() {
        Signal error =
                refused("{\"topic\": \"a/b\", \"headers\": {\"correlation-id\": \"c-1\"}}").error();

        assertThat(error.topic()).hasToString("unknown/unknown/things/twin/errors");
        assertThat(error.headers().correlationId()).isEqualTo("c-1");
        assertThat(error.headers().get("response-required")).isEqualTo("false");
    }

    @Test
    void an_error_without_one_gets_one() {
        assertThat(refused("5").error().headers().correlationId()).isNotBlank();
    }

    @Test
    void headers_that_are_no_object_are_told() {
        assertThat(
                        error(
                                "{\"topic\": \"a/b/things/twin/commands/retrieve\", \"path\": \"/\","
                                        + " \"headers\": 5}"))
                .isEqualTo("400 json.invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "twin/commands/modify | '' | true | | PT60S",
                "twin/commands/modify | \"response-required\": false | false | | PT60S",
                "twin/commands/modify | \"timeout\": \"0s\" | false | | PT0S",
                "twin/commands/modify | \"requested-acks\": [] | false | | PT60S",
                "twin/commands/modify | \"requested-acks\": [], \"response-required\": true | true | | PT60S",
                "twin/commands/modify | \"requested-acks\": [\"a:b\"], \"timeout\": \"3s\" | true | a:b | PT3S",
                "live/messages/m | '' | true | live-response | PT60S",
                "live/messages/m | \"response-required\": false | false | | PT60S",
                "live/messages/m | \"timeout\": \"0s\" | false | | PT0S"
            })
    void headers_say_what_a_sender_expects(
            String topic, String headers, boolean response, String label, Duration timeout) {
        Received.Request request = (Received.Request) read(signal(topic, headers));

        assertThat(request.expects().responseRequired()).isEqualTo(response);
        assertThat(request.expects().requestedAcks())
                .isEqualTo(label == null ? Set.of() : Set.of(label));
        assertThat(request.expects().timeout()).isEqualTo(timeout);
        assertThat(request.signal().headers().responseRequired(true)).isEqualTo(response);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"requested-acks\": [\"a:b\"], \"timeout\": \"0s\"",
                "\"response-required\": true, \"timeout\": \"0s\"",
                "\"requested-acks\": [\"a:b\"], \"response-required\": false",
                "\"requested-acks\": \"a:b\"",
                "\"timeout\": \"soon\""
            })
    void headers_that_contradict_each_other_are_refused(String headers) {
        Signal error = refused(signal("twin/commands/modify", headers)).error();

        assertThat(error.topic()).hasToString("org.x/t/things/twin/errors");
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.value().get("error").textValue()).isEqualTo("header.invalid");
    }

    @Test
    void an_acknowledgement_needs_its_label_declared() {
        assertThat(read(ack("mine:ack"))).isInstanceOf(Received.Request.class);
        assertThat(error(ack("other:ack"))).isEqualTo("400 acknowledgement:label.not.declared");
    }

    @Test
    void an_answer_to_what_was_never_asked_is_let_go() {
        assertThat(
                        read(
                                "{\"topic\": \"org.x/t/things/twin/commands/modify\", \"path\":"
                                        + " \"/attributes/a\", \"status\": 204}"))
                .isInstanceOf(Received.Stray.class);
    }

    @Test
    void an_error_that_is_wrong_itself_is_not_answered() {
        assertThat(
                        read(
                                "{\"topic\": \"_/c/connections/errors\", \"path\": \"/\","
                                        + " \"status\": 400}"))
                .isInstanceOf(Received.Stray.class);
        assertThat(
                        read(
                                "{\"topic\": \"org.x/p/policies/errors\", \"path\": \"/\","
                                        + " \"status\": 400}"))
                .isInstanceOf(Received.Stray.class);
    }

    @Test
    void the_server_has_the_last_word_about_headers() {
        Received.Request request =
                (Received.Request)
                        incoming.read(
                                signal("twin/commands/modify", "\"ditto-originator\": \"me\""),
                                headers -> headers.without("ditto-originator"));

        assertThat(request.signal().headers().has("ditto-originator")).isFalse();
        assertThat(request.signal().headers().correlationId()).isNotBlank();
    }

    private Received read(String text) {
        return incoming.read(text, AS_SENT);
    }

    private Received.Refused refused(String text) {
        return (Received.Refused) read(text);
    }

    private String error(String text) {
        Signal error = refused(text).error();
        return error.status() + " " + error.value().get("error").textValue();
    }

    private static String signal(String topic, String headers) {
        return "{\"topic\": \"org.x/t/things/"
                + topic
                + "\", \"path\": \"/attributes/a\", \"value\": 1, \"headers\": {"
                + headers
                + "}}";
    }

    private static String ack(String label) {
        return "{\"topic\": \"org.x/t/things/twin/acks/"
                + label
                + "\", \"path\": \"/\", \"status\": 200, \"headers\": {\"correlation-id\": \"c\"}}";
    }
}
