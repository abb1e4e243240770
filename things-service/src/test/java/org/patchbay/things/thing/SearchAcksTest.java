package org.patchbay.things.thing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.things.Twins.policy;
import static org.patchbay.things.Twins.thing;
import static org.patchbay.things.Twins.with;

import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.Signal;
import org.patchbay.things.Twins;

class SearchAcksTest {

    private final Twins twins = new Twins();

    @AfterEach
    void close() {
        twins.close();
    }

    @Test
    void who_waits_for_the_search_is_told_at_once_that_there_is_none() {
        // Given
        TestProbe<Signal> requester = twins.kit().createTestProbe(Signal.class);
        givenThing();

        // When
        Signal answer = twins.send(asking("[\"search-persisted\",\"a:b\"]", requester));

        // Then
        assertThat(answer.status()).isEqualTo(201);
        Signal ack = requester.receiveMessage();
        assertThat(ack.topic().toString())
                .isEqualTo("org.acme/a/things/twin/acks/search-persisted");
        assertThat(ack.status()).isEqualTo(400);
        assertThat(ack.headers().correlationId()).isEqualTo("c-1");
        assertThat(ack.value().path("error").asText())
                .isEqualTo("acknowledgement:label.not.supported");
        assertThat(twins.published().getLast().signal().headers().get("requested-acks"))
                .isEqualTo("[\"a:b\"]");
    }

    @Test
    void nobody_else_is_told_anything() {
        // Given
        TestProbe<Signal> requester = twins.kit().createTestProbe(Signal.class);
        givenThing();

        // When
        twins.send(asking("[\"a:b\"]", requester));
        twins.send(asking("[\"search-persisted\"]", requester));

        // Then
        assertThat(requester.receiveMessage().topic().action()).isEqualTo("search-persisted");
    }

    private void givenThing() {
        twins.send(
                policy(
                        "org.acme:a",
                        "create",
                        "/",
                        "{'entries': {'o': {'subjects': {'nginx:ditto': {'type': 'x'}}, 'resources': {"
                                + "'thing:/': {'grant': ['READ', 'WRITE']},"
                                + "'policy:/': {'grant': ['READ', 'WRITE']}}}}}"));
        twins.send(thing("org.acme:a", "create", "/", "{'policyId': 'org.acme:a'}"));
    }

    private static SignalRequest asking(String labels, TestProbe<Signal> requester) {
        SignalRequest request =
                with("requested-acks", labels, thing("org.acme:a", "modify", "/attributes/x", "1"));
        return new SignalRequest(request.signal(), request.by(), null, requester.ref());
    }
}
