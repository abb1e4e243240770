package org.patchbay.cluster.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;

class ExpectationsTest {

    @Test
    void a_command_wants_a_response_within_a_minute() {
        // When
        Expectations expects = expectations("org.x/t/things/twin/commands/modify", Map.of());

        // Then
        assertThat(expects).isEqualTo(new Expectations(true, Set.of(), Duration.ofSeconds(60)));
        assertThat(expects.needsAcknowledgements()).isFalse();
    }

    @Test
    void an_event_wants_none() {
        assertThat(expectations("org.x/t/things/live/events/modified", Map.of()).responseRequired())
                .isFalse();
    }

    @Test
    void a_live_message_that_wants_a_response_waits_for_it() {
        assertThat(expectations("org.x/t/things/live/messages/m", Map.of()).requestedAcks())
                .containsExactly("live-response");
    }

    @Test
    void the_twin_alone_needs_no_aggregator() {
        // When
        Expectations expects =
                expectations(
                        "org.x/t/things/twin/commands/modify",
                        Map.of("requested-acks", "[\"twin-persisted\"]"));

        // Then
        assertThat(expects.requestedAcks()).containsExactly("twin-persisted");
        assertThat(expects.needsAcknowledgements()).isFalse();
    }

    @Test
    void the_labels_of_the_source_are_added() {
        // When
        Expectations expects =
                Expectations.of(
                        signal(
                                "org.x/t/things/twin/commands/modify",
                                Map.of("requested-acks", "[\"a:b\"]")),
                        Set.of("c:d"));

        // Then
        assertThat(expects.requestedAcks()).containsExactly("a:b", "c:d");
        assertThat(expects.needsAcknowledgements()).isTrue();
    }

    @Test
    void a_timeout_of_zero_wants_nothing_at_all() {
        assertThat(
                        expectations(
                                "org.x/t/things/twin/commands/modify",
                                Map.of("timeout", "0", "requested-acks", "[\"a:b\"]")))
                .isEqualTo(new Expectations(false, Set.of(), Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "things/twin/commands/retrieve",
                "things/live/events/modified",
                "policies/commands/modify",
                "things/twin/search/subscribe"
            })
    void what_can_not_be_acknowledged_waits_for_no_acknowledgement(String topic) {
        assertThat(
                        Expectations.of(
                                        signal(
                                                "org.x/t/" + topic,
                                                Map.of("requested-acks", "[\"a:b\"]")),
                                        Set.of("c:d"))
                                .requestedAcks())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"600ms,PT0.6S", "2s,PT2S", "7,PT7S", "1m,PT1M", "61s,PT1M"})
    void reads_timeouts_and_caps_them(String text, Duration expected) {
        assertThat(
                        expectations("org.x/t/things/twin/commands/modify", Map.of("timeout", text))
                                .timeout())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "response-required|maybe",
                "requested-acks|[\"not valid!\"]",
                "requested-acks|a:b",
                "timeout|soon",
                "if-match|abc"
            })
    void refuses_headers_that_are_not_valid(String name, String value) {
        assertThatThrownBy(() ->
                        expectations("org.x/t/things/twin/commands/modify", Map.of(name, value)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("header.invalid"));
    }

    private static Expectations expectations(String topic, Map<String, String> headers) {
        return Expectations.of(signal(topic, headers), Set.of());
    }

    private static Signal signal(String topic, Map<String, String> headers) {
        return Signal.command(
                TopicPath.parse(topic),
                JsonPointer.parse("/attributes/x"),
                Headers.of(headers),
                null);
    }
}
