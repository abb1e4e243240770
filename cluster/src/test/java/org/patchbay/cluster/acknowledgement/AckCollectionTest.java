package org.patchbay.cluster.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

class AckCollectionTest {

    private static final Signal COMMAND =
            Signal.command(
                    TopicPath.parse("org.x/t/things/twin/commands/modify"),
                    JsonPointer.parse("/attributes/x"),
                    Headers.of(Map.of("correlation-id", "c-1", "timeout", "600ms")),
                    IntNode.valueOf(5));

    private static final Signal PERSISTED =
            COMMAND.respond(204, Headers.of(Map.of("correlation-id", "c-1")), null);

    @Test
    void is_complete_when_all_labels_have_come() {
        // Given
        AckCollection none = waitingFor("twin-persisted", "tgt:issued");

        // When
        AckCollection one = none.with(PERSISTED);
        AckCollection both = one.with(issued(200));

        // Then
        assertThat(one.complete()).isFalse();
        assertThat(both.complete()).isTrue();
        assertThat(both.status()).isEqualTo(200);
        assertThat(both.worthAnotherTry()).isFalse();
    }

    @Test
    void leaves_alone_what_nobody_asked_for_and_what_came_already() {
        // Given
        AckCollection one = waitingFor("tgt:issued").with(issued(200));

        // When
        AckCollection same = one.with(issued(503)).with(PERSISTED);

        // Then
        assertThat(same.received()).isEqualTo(one.received());
    }

    @Test
    void one_that_timed_out_makes_several_a_failed_dependency() {
        // Given
        AckCollection all = waitingFor("twin-persisted", "nobody:x").with(PERSISTED);

        // When
        JsonNode answer = Envelope.write(all.answer());

        // Then
        assertThat(all.worthAnotherTry()).isTrue();
        assertThat(answer.get("topic").asText()).isEqualTo("org.x/t/things/twin/acks");
        assertThat(answer.get("status").asInt()).isEqualTo(424);
        assertThat(answer.get("value").get("twin-persisted"))
                .isEqualTo(Json.parse("{\"status\":204,\"headers\":{\"correlation-id\":\"c-1\"}}"));
        assertThat(answer.at("/value/nobody:x/status").asInt()).isEqualTo(408);
        assertThat(answer.at("/value/nobody:x/payload/error").asText())
                .isEqualTo("acknowledgement:request.timeout");
        assertThat(answer.get("headers"))
                .isEqualTo(
                        Json.parse(
                                "{\"response-required\":false,\"correlation-id\":\"c-1\","
                                        + "\"content-type\":\"application/json\",\"timeout\":\"600ms\"}"));
    }

    @Test
    void the_only_label_answers_for_itself() {
        assertThat(waitingFor("nobody:x").status()).isEqualTo(408);
        assertThat(waitingFor("tgt:issued").with(issued(418)).status()).isEqualTo(418);
    }

    @Test
    void what_the_broker_refused_for_good_is_not_tried_again() {
        assertThat(waitingFor("tgt:issued").with(issued(400)).worthAnotherTry()).isFalse();
        assertThat(waitingFor("tgt:issued").with(issued(503)).worthAnotherTry()).isTrue();
    }

    @Test
    void a_live_response_is_answered_as_it_is() {
        // Given
        Signal question =
                Signal.command(
                        TopicPath.parse("org.x/t/things/live/messages/ask"),
                        JsonPointer.parse("/inbox/messages/ask"),
                        Headers.EMPTY,
                        null);
        Signal response = question.respond(200, Headers.EMPTY, IntNode.valueOf(42));

        // When
        AckCollection all = AckCollection.of(question, Set.of("live-response")).with(response);

        // Then
        assertThat(all.complete()).isTrue();
        assertThat(all.answer()).isEqualTo(response);
    }

    @Test
    void a_live_response_is_not_asked_for_again_whatever_it_says() {
        // Given
        Signal question =
                Signal.command(
                        TopicPath.parse("org.x/t/things/live/messages/ask"),
                        JsonPointer.parse("/inbox/messages/ask"),
                        Headers.EMPTY,
                        null);
        AckCollection none = AckCollection.of(question, Set.of("live-response"));

        // Then
        assertThat(none.worthAnotherTry()).isTrue();
        assertThat(none.with(question.respond(503, Headers.EMPTY, null)).worthAnotherTry())
                .isFalse();
    }

    private static AckCollection waitingFor(String... labels) {
        return AckCollection.of(COMMAND, new LinkedHashSet<>(List.of(labels)));
    }

    private static Signal issued(int status) {
        return Acknowledgement.of(COMMAND, "tgt:issued", status, Headers.EMPTY, null);
    }
}
