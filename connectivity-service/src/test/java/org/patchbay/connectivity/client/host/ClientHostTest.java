package org.patchbay.connectivity.client.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.model.Connection;

class ClientHostTest {

    private static final Connection TWO = SampleConnections.mqtt5("c", 2);

    private final ActorTestKit kit = ActorTestKit.create();

    /** What was told to clients, in order; they end by {@link End} only, while they hold out. */
    private final List<ClientCommand> told = new CopyOnWriteArrayList<>();

    private volatile boolean holdOut = true;

    private Duration closeTimeout = Duration.ofMinutes(1);

    private record End() implements ClientCommand.Internal {}

    @AfterEach
    void shutDown() {
        holdOut = false;
        kit.shutdownTestKit();
    }

    @Test
    void a_client_ends_with_its_owner() {
        // Given
        ActorRef<HostMessage> host = host();
        TestProbe<ClientCommand> owner = kit.createTestProbe();
        ActorRef<ClientCommand> client = run(host, owner, 1);

        // When
        owner.stop();

        // Then
        kit.createTestProbe().expectTerminated(client);
    }

    @Test
    void two_with_one_index_never_run_side_by_side() {
        // Given
        ActorRef<HostMessage> host = host();
        ActorRef<ClientCommand> former = run(host, kit.createTestProbe(), 1);
        TestProbe<ClientCommand> owner = kit.createTestProbe();

        // When
        host.tell(new HostMessage.Run(TWO, 1, owner.ref()));
        await().until(() -> told.stream().anyMatch(ClientCommand.Move.class::isInstance));
        owner.expectNoMessage();
        former.tell(new End());

        // Then
        assertThat(owner.expectMessageClass(HostMessage.Running.class).client())
                .isNotEqualTo(former);
    }

    @Test
    void who_waits_for_an_index_and_goes_gets_no_client() {
        // Given
        ActorRef<HostMessage> host = host();
        ActorRef<ClientCommand> former = run(host, kit.createTestProbe(), 1);
        TestProbe<ClientCommand> gone = kit.createTestProbe();
        TestProbe<ClientCommand> other = kit.createTestProbe();
        host.tell(new HostMessage.Run(TWO, 1, gone.ref()));

        await().until(() -> told.stream().anyMatch(ClientCommand.Move.class::isInstance));

        // When
        gone.stop();
        kit.createTestProbe().expectTerminated(gone.ref());
        holdOut = false;
        former.tell(new End());

        // Then
        run(host, other, 1);
    }

    @Test
    void a_client_that_does_not_close_in_time_is_ended() {
        // Given
        closeTimeout = Duration.ofMillis(100);
        ActorRef<HostMessage> host = host();
        run(host, kit.createTestProbe(), 1);
        TestProbe<ClientCommand> owner = kit.createTestProbe();

        // When
        host.tell(new HostMessage.Run(TWO, 1, owner.ref()));

        // Then
        owner.expectMessageClass(HostMessage.Running.class);
    }

    @Test
    void a_node_that_leaves_closes_its_clients_first_and_takes_no_more() {
        // Given
        ActorRef<HostMessage> host = host();
        ActorRef<ClientCommand> one = run(host, kit.createTestProbe(), 0);
        ActorRef<ClientCommand> other = run(host, kit.createTestProbe(), 1);
        TestProbe<Done> left = kit.createTestProbe();
        TestProbe<ClientCommand> late = kit.createTestProbe();

        // When
        host.tell(new HostMessage.Leave(left.ref()));
        host.tell(new HostMessage.Run(SampleConnections.mqtt5("d", 2), 1, late.ref()));
        await().until(() -> moved() == 2);
        one.tell(new End());
        left.expectNoMessage();
        other.tell(new End());

        // Then
        left.expectMessage(Done.getInstance());
        late.expectNoMessage();
        assertThat(moved()).isEqualTo(2);
    }

    private long moved() {
        return told.stream().filter(ClientCommand.Move.class::isInstance).count();
    }

    private ActorRef<HostMessage> host() {
        return kit.spawn(ClientHost.create(_ -> client(), closeTimeout));
    }

    private ActorRef<ClientCommand> run(
            ActorRef<HostMessage> host, TestProbe<ClientCommand> owner, int index) {
        host.tell(new HostMessage.Run(TWO, index, owner.ref()));
        return owner.expectMessageClass(HostMessage.Running.class).client();
    }

    private Behavior<ClientCommand> client() {
        return Behaviors.receiveMessage(command -> {
            told.add(command);
            boolean ends =
                    command instanceof End || command instanceof ClientCommand.Move && !holdOut;
            return ends ? Behaviors.stopped() : Behaviors.same();
        });
    }
}
