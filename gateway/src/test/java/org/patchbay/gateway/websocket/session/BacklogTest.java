package org.patchbay.gateway.websocket.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

class BacklogTest {

    private static final Publication EVENT =
            new Publication(
                    Signal.event(
                            TopicPath.parse("org.x/t/things/twin/events/deleted"),
                            JsonPointer.ROOT,
                            Headers.EMPTY,
                            null,
                            1,
                            Instant.EPOCH),
                    PolicyView.NOTHING,
                    null,
                    null,
                    null);

    private static ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void what_is_too_much_is_kept_out_and_the_session_told() {
        TestProbe<SessionMessage> session = kit.createTestProbe();
        Backlog backlog = new Backlog(2, session.ref());

        assertThat(Stream.of(EVENT, EVENT, EVENT).map(backlog::test))
                .containsExactly(true, true, false);

        session.expectMessageClass(SessionMessage.Overrun.class);
    }

    @Test
    void what_the_session_has_looked_at_makes_room() {
        TestProbe<SessionMessage> session = kit.createTestProbe();
        Backlog backlog = new Backlog(1, session.ref());

        assertThat(backlog.test(EVENT)).isTrue();
        backlog.taken();

        assertThat(backlog.test(EVENT)).isTrue();
    }
}
