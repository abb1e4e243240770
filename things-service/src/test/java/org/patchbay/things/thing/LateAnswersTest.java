package org.patchbay.things.thing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.things.Twins.policy;
import static org.patchbay.things.Twins.thing;
import static org.patchbay.things.Twins.with;

import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.things.Twins;

/** Acknowledgements that come when the thing is not any more what it was at the question. */
class LateAnswersTest {

    private static final String THING = "org.acme:a";

    private final Twins twins = new Twins();
    private TestProbe<Signal> requester;

    @BeforeEach
    void askForAnAcknowledgement() {
        requester = twins.kit().createTestProbe(Signal.class);
        twins.send(
                policy(
                        THING,
                        "create",
                        "/",
                        "{'entries': {'o': {'subjects': {'nginx:ditto': {'type': 'x'}}, 'resources': {"
                                + "'thing:/': {'grant': ['READ', 'WRITE']},"
                                + "'policy:/': {'grant': ['READ', 'WRITE']}}}}}"));
        twins.send(thing(THING, "create", "/", "{'policyId': '" + THING + "'}"));
        SignalRequest asking =
                with("requested-acks", "[\"a:b\"]", thing(THING, "modify", "/attributes/x", "1"));
        twins.send(new SignalRequest(asking.signal(), asking.by(), null, requester.ref()));
    }

    @AfterEach
    void close() {
        twins.close();
    }

    @Test
    void one_that_comes_after_the_thing_was_deleted_reaches_who_waits_for_it() {
        // Given
        twins.send(thing(THING, "delete", "/", null));

        // When
        Signal taken = twins.send(acknowledging("nginx:ditto"));

        // Then
        assertThat(taken.status()).isEqualTo(202);
        assertThat(requester.receiveMessage().topic().action()).isEqualTo("a:b");
    }

    @Test
    void one_of_somebody_who_could_never_read_the_thing_reaches_nobody() {
        // Given
        twins.send(thing(THING, "delete", "/", null));

        // When
        Signal refused = twins.send(acknowledging("nginx:stranger"));

        // Then
        assertThat(refused.status()).isEqualTo(404);
        requester.expectNoMessage();
    }

    /** The event's own label, as one of its subscribers answers it. */
    private static SignalRequest acknowledging(String subject) {
        Signal asked = thing(THING, "modify", "/attributes/x", "1").signal();
        Signal acknowledgement =
                Acknowledgement.of(asked, "a:b", 200, Headers.EMPTY, Json.parse("{}"));
        return new SignalRequest(acknowledgement, AuthorizationContext.of(subject), null, null);
    }
}
