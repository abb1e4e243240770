package org.patchbay.connectivity.client.host;

import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.connection.SampleConnections;

class RemoteClientTest {

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<HostMessage> host = kit.createTestProbe();
    private final TestProbe<ClientCommand> client = kit.createTestProbe();

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void what_is_asked_before_the_client_runs_is_passed_on_in_order() {
        // Given
        ActorRef<ClientCommand> remote = start(Duration.ofMinutes(1));
        remote.tell(new ClientCommand.EnableLogs());
        remote.tell(new ClientCommand.ResetLogs());

        // When
        running();
        remote.tell(new ClientCommand.ResetMetrics());

        // Then
        client.expectMessage(new ClientCommand.EnableLogs());
        client.expectMessage(new ClientCommand.ResetLogs());
        client.expectMessage(new ClientCommand.ResetMetrics());
    }

    @Test
    void ends_with_its_client() {
        ActorRef<ClientCommand> remote = start(Duration.ofMinutes(1));
        running();

        client.stop();

        kit.createTestProbe().expectTerminated(remote);
    }

    @Test
    void ends_with_the_host() {
        ActorRef<ClientCommand> remote = start(Duration.ofMinutes(1));

        host.stop();

        kit.createTestProbe().expectTerminated(remote);
    }

    @Test
    void ends_when_the_host_does_not_start_a_client() {
        kit.createTestProbe().expectTerminated(start(Duration.ofMillis(100)));
    }

    private ActorRef<ClientCommand> start(Duration patience) {
        return kit.spawn(
                RemoteClient.create(SampleConnections.mqtt5("c", 2), 1, host.ref(), patience));
    }

    private void running() {
        HostMessage.Run run = host.expectMessageClass(HostMessage.Run.class);
        run.owner().tell(new HostMessage.Running(client.ref()));
    }
}
