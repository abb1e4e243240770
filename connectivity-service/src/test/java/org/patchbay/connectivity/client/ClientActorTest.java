package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.client.link.Turns;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.transport.Failure;

class ClientActorTest {

    private static final Connection SOURCE_ONLY =
            ClientFixture.connection(
                    "'sources': [{'addresses': ['in'], 'authorizationContext': ['nginx:ditto'], 'qos': 1}]");

    private static final Connection TARGET_ONLY =
            ClientFixture.connection(
                    "'targets': [{'address': 'out', 'topics': ['_/_/things/twin/events'],"
                            + " 'authorizationContext': ['nginx:ditto'], 'qos': 1}]");

    private static final Connection WITHOUT_FAILOVER =
            ClientFixture.connection(
                    "'failoverEnabled': false, 'sources': [{'addresses': ['in'],"
                            + " 'authorizationContext': ['nginx:ditto'], 'qos': 1}]");

    private final ClientFixture fixture = new ClientFixture();

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    @Test
    void is_open_when_connected_and_all_sources_are_subscribed() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(SOURCE_ONLY);
        TestProbe<ConnectionReply> open = fixture.awaitOpen(client);
        FakeTransport.Client link = link(1);

        // When
        link.connected.complete(Done.getInstance());
        open.expectNoMessage();
        link.subscribed.complete(Done.getInstance());

        // Then
        open.expectMessage(new ConnectionReply.Done());
        assertThat(fixture.liveStatus(client, SOURCE_ONLY)).isEqualTo("open");
    }

    @Test
    void is_open_only_when_its_interest_is_known_everywhere() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(TARGET_ONLY);
        TestProbe<ConnectionReply> open = fixture.awaitOpen(client);
        link(1).up();
        open.expectNoMessage();

        // When
        fixture.bus.known.complete(Done.getInstance());

        // Then
        open.expectMessage(new ConnectionReply.Done());
        assertThat(fixture.bus.interests).hasSize(1);
    }

    @Test
    void tells_its_own_targets_once_that_it_is_open_and_that_it_closes() {
        // Given
        Connection curious =
                ClientFixture.connection(
                        "'targets': [{'address': 'about/{{ connection:id }}/{{ topic:action-subject }}',"
                                + " 'topics': ['_/_/connections/announcements'],"
                                + " 'authorizationContext': ['nginx:ditto'], 'qos': 1}]");
        fixture.bus.known.complete(Done.getInstance());
        ActorRef<ClientCommand> client = fixture.start(curious);
        link(1).up();
        fixture.awaitOpen(client).receiveMessage();
        await().until(() -> link(1).published.size() == 1);

        // When
        link(1).lose();
        link(2).up();
        fixture.awaitOpen(client).receiveMessage();
        TestProbe<ConnectionReply> closed = fixture.kit.createTestProbe(ConnectionReply.class);
        client.tell(new ClientCommand.Close(closed.ref()));

        // Then
        closed.receiveMessage();
        assertThat(link(1).published.getFirst().address()).isEqualTo("about/c/opened");
        assertThat(link(2).published)
                .singleElement()
                .satisfies(it -> assertThat(it.address()).isEqualTo("about/c/closed"));
    }

    @Test
    void is_misconfigured_where_no_key_opens_its_secrets() {
        Connection unreadable =
                ClientFixture.connection(
                        "'credentials': {'type': 'plain', 'username': 'u', 'password':"
                                + " 'aes256gcm.00000000.AAECAwQFBgcICQoLycP2SVKaYx3eqVvb_1zUe40qvewsMKiz'},"
                                + " 'sources': [{'addresses': ['in'],"
                                + " 'authorizationContext': ['nginx:ditto'], 'qos': 1}]");

        ActorRef<ClientCommand> client = fixture.start(unreadable);

        assertThat(fixture.awaitOpen(client).receiveMessage())
                .extracting(reply -> ((ConnectionReply.Failed) reply).problem().message())
                .asString()
                .contains("/credentials/password");
        assertThat(fixture.liveStatus(client, unreadable)).isEqualTo("misconfigured");
        assertThat(fixture.transport.clients).isEmpty();
    }

    @Test
    void answers_the_first_failure_and_goes_on_trying_over_new_links() {
        // Given
        fixture.transport.refuse();
        ActorRef<ClientCommand> client = fixture.start(SOURCE_ONLY);

        // When
        var reply = fixture.awaitOpen(client).receiveMessage();
        link(3);
        fixture.transport.acceptAgain();

        // Then
        assertThat(reply)
                .isInstanceOfSatisfying(
                        ConnectionReply.Failed.class,
                        failed -> {
                            assertThat(failed.problem().status()).isEqualTo(504);
                            assertThat(failed.problem().code())
                                    .isEqualTo("connectivity:connection.failed");
                        });
        await().untilAsserted(() -> {
            fixture.transport.clients.getLast().up();
            assertThat(fixture.liveStatus(client, SOURCE_ONLY)).isEqualTo("open");
        });
        assertThat(fixture.transport.clients.getFirst().closed).isTrue();
    }

    @Test
    void answers_why_it_is_not_open_while_it_tries_again() {
        // Given
        fixture.transport.refuse();
        ActorRef<ClientCommand> client = fixture.start(SOURCE_ONLY);
        fixture.awaitOpen(client).receiveMessage();

        // When
        fixture.transport.acceptAgain();
        await().until(() -> statusDetails(client).startsWith("Connecting"));

        // Then
        assertThat(fixture.awaitOpen(client).receiveMessage())
                .isInstanceOfSatisfying(
                        ConnectionReply.Failed.class,
                        failed ->
                                assertThat(failed.problem().message())
                                        .contains("Nobody is there."));
    }

    @Test
    void tells_a_wrong_configuration_from_a_missing_endpoint() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(WITHOUT_FAILOVER);

        // When
        link(1).connected.completeExceptionally(Failure.byUser("The password is wrong.", null));

        // Then
        await().untilAsserted(() ->
                assertThat(fixture.liveStatus(client, WITHOUT_FAILOVER))
                        .isEqualTo("misconfigured"));
    }

    @Test
    void makes_a_new_link_when_one_is_lost() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(SOURCE_ONLY);
        link(1).up();
        fixture.awaitOpen(client).receiveMessage();

        // When
        link(1).lose();

        // Then
        link(2).up();
        await().untilAsserted(() ->
                assertThat(fixture.liveStatus(client, SOURCE_ONLY)).isEqualTo("open"));
        assertThat(link(1).closed).isTrue();
    }

    @Test
    void leaves_an_endpoint_alone_for_as_long_as_it_wants() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(SOURCE_ONLY);
        link(1).up();
        fixture.awaitOpen(client).receiveMessage();

        // When
        link(1).lose(
                        Failure.bySystem("The broker ended the connection.", null)
                                .notBefore(Duration.ofHours(1)));

        // Then
        await().untilAsserted(() ->
                assertThat(statusDetails(client)).contains("next attempt after 3600000 ms"));
    }

    @Test
    void says_what_an_open_link_can_not_do_for_as_long_as_it_can_not() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(SOURCE_ONLY);
        link(1).up();
        fixture.awaitOpen(client).receiveMessage();

        // When
        link(1).context.events().impaired("The broker takes no messages for now.");

        // Then
        assertThat(fixture.liveStatus(client, SOURCE_ONLY)).isEqualTo("open");
        assertThat(statusDetails(client)).isEqualTo("The broker takes no messages for now.");

        // When
        link(1).context.events().recovered();

        // Then
        assertThat(statusDetails(client)).isEqualTo("Connected.");
    }

    private String statusDetails(ActorRef<ClientCommand> client) {
        return fixture.report(client, ReportKind.STATUS)
                .json()
                .at("/clientStatus/0/statusDetails")
                .asText();
    }

    @Test
    void does_not_try_again_without_failover() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(WITHOUT_FAILOVER);
        link(1).up();
        fixture.awaitOpen(client).receiveMessage();

        // When
        link(1).lose();

        // Then
        await().untilAsserted(() ->
                assertThat(fixture.liveStatus(client, WITHOUT_FAILOVER)).isEqualTo("failed"));
        assertThat(fixture.awaitOpen(client).receiveMessage())
                .isInstanceOf(ConnectionReply.Failed.class);
        assertThat(fixture.transport.clients).hasSize(1);
    }

    @Test
    void closes_the_link_before_it_answers_and_stops() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(SOURCE_ONLY);
        link(1).up();
        fixture.awaitOpen(client).receiveMessage();
        TestProbe<ConnectionReply> closed = fixture.kit.createTestProbe(ConnectionReply.class);

        // When
        client.tell(new ClientCommand.Close(closed.ref()));

        // Then
        closed.expectMessage(new ConnectionReply.Done());
        closed.expectTerminated(client);
        assertThat(link(1).closed).isTrue();
    }

    @Test
    void clients_that_connect_to_the_same_endpoint_take_turns() {
        // Given
        fixture.turns = new Turns(1);
        fixture.bus.known.complete(Done.getInstance());
        ActorRef<ClientCommand> first = fixture.start(SOURCE_ONLY);
        link(1);
        ActorRef<ClientCommand> second = fixture.start(TARGET_ONLY);
        TestProbe<ConnectionReply> open = fixture.awaitOpen(second);

        // Then
        assertThat(fixture.liveStatus(second, TARGET_ONLY)).isEqualTo("unknown");
        assertThat(statusDetails(second)).contains("Waiting").contains("attempt 1");
        assertThat(fixture.transport.clients).hasSize(1);

        // When
        link(1).up();
        link(2).up();

        // Then
        open.expectMessage(new ConnectionReply.Done());
        assertThat(fixture.liveStatus(first, SOURCE_ONLY)).isEqualTo("open");
    }

    @Test
    void a_client_that_closes_leaves_the_line_and_one_that_fails_its_turn() {
        // Given
        fixture.turns = new Turns(1);
        fixture.start(WITHOUT_FAILOVER);
        link(1);
        ActorRef<ClientCommand> second = fixture.start(SOURCE_ONLY);
        TestProbe<ConnectionReply> open = fixture.awaitOpen(second);
        ActorRef<ClientCommand> third = fixture.start(SOURCE_ONLY);
        fixture.report(third, ReportKind.STATUS);
        TestProbe<ConnectionReply> closed = fixture.kit.createTestProbe(ConnectionReply.class);

        // When
        second.tell(new ClientCommand.Close(closed.ref()));
        closed.expectMessage(new ConnectionReply.Done());
        link(1).connected.completeExceptionally(Failure.bySystem("Nobody is there.", null));
        link(2).up();

        // Then
        open.expectMessageClass(ConnectionReply.Failed.class);
        fixture.awaitOpen(third).expectMessage(new ConnectionReply.Done());
        assertThat(fixture.transport.clients).hasSize(2);
    }

    @Test
    void an_attempt_that_takes_too_long_is_given_up_and_the_next_one_has_more_time() {
        // Given
        fixture.connectTimeout = Duration.ofMillis(200);
        ActorRef<ClientCommand> client = fixture.start(SOURCE_ONLY);

        // When
        var reply = fixture.awaitOpen(client).receiveMessage();
        link(2);

        // Then
        assertThat(((ConnectionReply.Failed) reply).problem().message()).contains("in time");
        assertThat(link(1).closed).isTrue();
        assertThat(link(1).context.connectTimeout()).isEqualTo(Duration.ofMillis(200));
        assertThat(link(2).context.connectTimeout()).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void closes_while_it_connects() {
        // Given
        ActorRef<ClientCommand> client = fixture.start(SOURCE_ONLY);
        TestProbe<ConnectionReply> open = fixture.awaitOpen(client);
        TestProbe<ConnectionReply> closed = fixture.kit.createTestProbe(ConnectionReply.class);
        FakeTransport.Client link = link(1);

        // When
        client.tell(new ClientCommand.Close(closed.ref()));
        link.connected.complete(Done.getInstance());

        // Then
        open.expectMessageClass(ConnectionReply.Failed.class);
        closed.expectMessage(new ConnectionReply.Done());
        closed.expectTerminated(client);
        assertThat(link.closed).isTrue();
        assertThat(link.consuming()).isFalse();
    }

    @Test
    void closes_while_it_waits_for_the_next_attempt() {
        // Given
        fixture.transport.refuse();
        ActorRef<ClientCommand> client = fixture.start(SOURCE_ONLY);
        fixture.awaitOpen(client).receiveMessage();
        TestProbe<ConnectionReply> closed = fixture.kit.createTestProbe(ConnectionReply.class);

        // When
        client.tell(new ClientCommand.Close(closed.ref()));

        // Then
        closed.expectMessage(new ConnectionReply.Done());
        closed.expectTerminated(client);
    }

    @Test
    void a_configuration_that_can_not_be_put_to_work_shows_as_misconfigured() {
        // Given
        Connection broken =
                ClientFixture.connection(
                        "'targets': [{'address': 'out', 'topics': ['_/_/things/twin/events?filter=nonsense'],"
                                + " 'authorizationContext': ['nginx:ditto'], 'qos': 1}]");
        ActorRef<ClientCommand> client = fixture.start(broken);
        TestProbe<ConnectionReply> closed = fixture.kit.createTestProbe(ConnectionReply.class);

        // When
        var reply = fixture.awaitOpen(client).receiveMessage();

        // Then
        assertThat(reply).isInstanceOf(ConnectionReply.Failed.class);
        assertThat(fixture.liveStatus(client, broken)).isEqualTo("misconfigured");
        client.tell(new ClientCommand.Close(closed.ref()));
        closed.expectMessage(new ConnectionReply.Done());
    }

    /** The n-th link that was made, as soon as it is. */
    private FakeTransport.Client link(int n) {
        await().until(() -> fixture.transport.clients.size() >= n);
        return fixture.transport.clients.get(n - 1);
    }
}
