package org.patchbay.connectivity.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.HttpEndpoint;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.LinkContract;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Peer;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.Transport;

/** The contract of links: an address is a path that messages are posted to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpWithServerIT implements LinkContract {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "http");
    private final HttpEndpoint endpoint = HttpEndpoint.started();

    @AfterAll
    void stopEverything() {
        system.terminate();
        endpoint.close();
    }

    @Override
    public ActorSystem<?> system() {
        return system;
    }

    @Override
    public Transport transport() {
        return HttpConnections.transport("");
    }

    @Override
    public HttpEndpoint broker() {
        return endpoint;
    }

    @Override
    public Connection connection(String id, String uri, List<String> addresses) {
        return Connections.of(id, ConnectionType.HTTP_PUSH, uri, Map.of(), List.of(), List.of());
    }

    @Override
    public String address() {
        return "POST:/contract/" + UUID.randomUUID();
    }

    @Override
    public Peer peerAt(String address) {
        return new Peer() {
            @Override
            public void send(List<String> payloads) {
                throw new UnsupportedOperationException("An endpoint sends nothing.");
            }

            @Override
            public List<String> heard() {
                return endpoint.heard(address.substring("POST:".length())).stream()
                        .map(HttpEndpoint.Heard::body)
                        .toList();
            }

            @Override
            public void close() {}
        };
    }

    /** Nothing is sent to connect, so that answers show it. */
    @Override
    @Test
    public void blames_the_user_for_wrong_credentials() {
        String uri = endpoint.uri(TestBroker.USER, "wrong");
        try (LinkUnderTest link =
                LinkUnderTest.connected(
                        system, transport(), HttpConnections.connection(uri, Map.of()))) {

            PublishResult result =
                    done(link.client().publish(HttpConnections.message("POST:/refused")));

            assertThat(result.status()).isEqualTo(401);
            assertThat(link.impairments())
                    .singleElement()
                    .asString()
                    .contains("credentials")
                    .doesNotContain("wrong");
        }
    }
}
