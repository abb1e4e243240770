package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.transport.Failure;

/** What opening does to clients of a connection that is open. */
class OpenedAgainTest {

    private static final String SOURCE =
            "'sources': [{'addresses': ['in'], 'authorizationContext': ['nginx:ditto']}]";

    private static final Connection WITH_FAILOVER = ClientFixture.connection(SOURCE);
    private static final Connection WITHOUT_FAILOVER =
            ClientFixture.connection("'failoverEnabled': false, " + SOURCE);

    private final ClientFixture fixture = new ClientFixture();

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    @Test
    void a_client_that_has_given_up_tries_and_answers_what_comes_of_it() {
        // Given
        ActorRef<ClientCommand> client = failed(WITHOUT_FAILOVER);

        // When
        TestProbe<ConnectionReply> opened = openAgain(client);
        FakeTransport.Client second = link(2);
        opened.expectNoMessage();
        second.up();

        // Then
        opened.expectMessage(new ConnectionReply.Done());
    }

    @Test
    void a_client_that_fails_once_more_gives_up_once_more() {
        // Given
        ActorRef<ClientCommand> client = failed(WITHOUT_FAILOVER);

        // When
        TestProbe<ConnectionReply> opened = openAgain(client);
        link(2).connected.completeExceptionally(Failure.bySystem("It is busy.", null));

        // Then
        assertThat(opened.expectMessageClass(ConnectionReply.Failed.class).problem().message())
                .contains("It is busy.");
        assertThat(fixture.liveStatus(client, WITHOUT_FAILOVER)).isEqualTo("failed");
        assertThat(fixture.transport.clients).hasSize(2);
    }

    @Test
    void a_client_that_pauses_tries_at_once() {
        // Given
        fixture.backOff = new BackOff(Duration.ofHours(1), Duration.ofHours(1));
        ActorRef<ClientCommand> client = failed(WITH_FAILOVER);

        // When
        TestProbe<ConnectionReply> opened = openAgain(client);
        link(2).up();

        // Then
        opened.expectMessage(new ConnectionReply.Done());
    }

    @Test
    void a_client_that_connects_or_is_open_goes_on_with_its_link() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(WITH_FAILOVER);
        FakeTransport.Client link = link(1);

        // When
        TestProbe<ConnectionReply> opened = openAgain(client);
        link.up();
        opened.expectMessage(new ConnectionReply.Done());
        TestProbe<ConnectionReply> again = openAgain(client);

        // Then
        again.expectMessage(new ConnectionReply.Done());
        assertThat(fixture.transport.clients).hasSize(1);
        assertThat(link.closed).isFalse();
    }

    private ActorRef<ClientCommand> failed(Connection connection) {
        ActorRef<ClientCommand> client = fixture.start(connection);
        link(1).connected.completeExceptionally(Failure.bySystem("Nobody is there.", null));
        await().untilAsserted(() ->
                assertThat(fixture.liveStatus(client, connection)).isEqualTo("failed"));
        return client;
    }

    private TestProbe<ConnectionReply> openAgain(ActorRef<ClientCommand> client) {
        client.tell(new ClientCommand.TryNow());
        return fixture.awaitOpen(client);
    }

    /** The n-th link that was made, as soon as it is. */
    private FakeTransport.Client link(int n) {
        await().until(() -> fixture.transport.clients.size() >= n);
        return fixture.transport.clients.get(n - 1);
    }
}
