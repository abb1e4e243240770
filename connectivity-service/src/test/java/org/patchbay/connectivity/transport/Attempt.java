package org.patchbay.connectivity.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.connectivity.broker.CrowdedServer;
import org.patchbay.connectivity.broker.MuteServer;
import org.patchbay.connectivity.model.Connection;

/**
 * A link that is being connected, and what is left of it when it is closed before it is. Of two
 * such attempts the older one goes on, so that it is not time that ends the other.
 *
 * @param connected when it is done or has failed
 */
public record Attempt(LinkUnderTest link, CompletableFuture<Done> connected)
        implements AutoCloseable {

    public static Attempt begun(ActorSystem<?> system, Transport transport, Connection connection) {
        LinkUnderTest link = LinkUnderTest.inNoHurry(system, transport, connection);
        return new Attempt(link, link.client().connect().toCompletableFuture());
    }

    /**
     * @param to begins one that connects to this port
     */
    public static void assertLeavesWhoSaysNothing(IntFunction<Attempt> to) {
        try (MuteServer another = MuteServer.started();
                Attempt older = to.apply(another.port())) {
            patiently().until(() -> another.open() > 0);
            try (MuteServer mute = MuteServer.started();
                    Attempt attempt = to.apply(mute.port())) {
                // Given
                patiently().until(() -> mute.open() > 0);

                // When
                done(attempt.link.client().close());

                // Then
                patiently().until(() -> mute.open() == 0 && attempt.connected.isDone());
                assertThat(another.open()).as("the older one is left alone").isPositive();
                assertThat(attempt.link.lost()).isEmpty();
                assertThat(older.link.lost()).isEmpty();
            }
        }
    }

    /**
     * @param to begins one that connects to this port
     */
    public static void assertLeavesWhoDoesNotTakeItIn(IntFunction<Attempt> to) {
        try (CrowdedServer another = CrowdedServer.startedOrSkipped();
                Attempt older = to.apply(another.port())) {
            patiently().until(() -> another.waiting() > 0);
            try (CrowdedServer crowded = CrowdedServer.startedOrSkipped();
                    Attempt attempt = to.apply(crowded.port())) {
                // Given
                patiently().until(() -> crowded.waiting() > 0);

                // When
                done(attempt.link.client().close());

                // Then
                patiently().until(() -> crowded.waiting() == 0 && attempt.connected.isDone());
                assertThat(older.connected).as("the older one is left alone").isNotDone();
                assertThat(attempt.link.lost()).isEmpty();
            }
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
