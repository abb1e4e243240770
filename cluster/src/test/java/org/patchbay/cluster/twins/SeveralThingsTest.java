package org.patchbay.cluster.twins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

class SeveralThingsTest {

    private final SeveralThings twins = new SeveralThings(SeveralThingsTest::one);

    @Test
    void answers_with_those_that_are_there_in_the_order_asked_for() {
        // When
        Signal answer = retrieve("_/_", "{'thingIds': ['org.x:b', 'org.x:missing', 'org.y:a']}");

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.topic()).hasToString("_/_/things/twin/commands/retrieve");
        assertThat(answer.value()).isEqualTo(Json.parse("[\"org.x:b\", \"org.y:a\"]"));
        assertThat(answer.headers().asMap())
                .isEqualTo(
                        Map.of(
                                "correlation-id", "c-1",
                                "response-required", "false",
                                "content-type", "application/json",
                                "ditto-originator", "nginx:ditto"));
    }

    @Test
    void a_namespace_in_the_topic_leaves_out_all_others() {
        assertThat(retrieve("org.y/_", "{'thingIds': ['org.x:b', 'org.y:a']}").value())
                .isEqualTo(Json.parse("[\"org.y:a\"]"));
    }

    @Test
    void wants_ids() {
        assertThat(retrieve("_/_", "{}").isError()).isTrue();
    }

    @Test
    void asks_a_single_thing_as_it_is() {
        assertThat(retrieve("org.x/b", null).value()).isEqualTo(Json.parse("\"org.x:b\""));
    }

    private Signal retrieve(String entity, @Nullable String value) {
        Signal signal =
                Signal.command(
                        TopicPath.parse(entity + "/things/twin/commands/retrieve"),
                        JsonPointer.ROOT,
                        Headers.of(Map.of("correlation-id", "c-1")),
                        value == null ? null : Json.parse(value.replace('\'', '"')));
        var request = new SignalRequest(signal, AuthorizationContext.of("nginx:ditto"), "c", null);
        return twins.ask(request).toCompletableFuture().join();
    }

    private static CompletionStage<Signal> one(SignalRequest request) {
        Signal signal = request.signal();
        return CompletableFuture.completedFuture(
                signal.topic().name().equals("missing")
                        ? signal.fail(
                                Problem.of(404, "things:thing.notfound", "No."), Headers.EMPTY)
                        : signal.respond(
                                200, Headers.EMPTY, Json.parse("\"" + signal.entityId() + "\"")));
    }
}
