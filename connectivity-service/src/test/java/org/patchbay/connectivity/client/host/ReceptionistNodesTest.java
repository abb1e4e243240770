package org.patchbay.connectivity.client.host;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceptionistNodesTest {

    private final ActorTestKit kit = ActorTestKit.create();

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void who_watches_is_told_of_what_changed_since_it_looked() {
        // Given
        ClientNodes nodes = nodes();
        TestProbe<ClientNodes.Changed> watcher = kit.createTestProbe();
        nodes.known();
        addHost();
        await().until(() -> nodes.known().hosts().size() == 1);

        // When
        nodes.watch(watcher.ref());

        // Then
        watcher.expectMessage(new ClientNodes.Changed());
        watcher.expectNoMessage();
    }

    private void addHost() {
        TestProbe<HostMessage> host = kit.createTestProbe();
        kit.system().receptionist().tell(Receptionist.register(ClientHost.KEY, host.ref()));
    }

    private ClientNodes nodes() {
        TestProbe<HostMessage> own = kit.createTestProbe();
        CompletableFuture<ClientNodes> nodes = new CompletableFuture<>();
        kit.spawn(
                Behaviors.setup(context -> {
                    nodes.complete(ReceptionistNodes.start(context, own.ref()));
                    return Behaviors.empty();
                }));
        return nodes.join();
    }
}
