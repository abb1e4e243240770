package org.patchbay.connectivity.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkContract.failureOf;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.http.HttpConnections.message;

import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.ForwardProxy;
import org.patchbay.connectivity.broker.HttpEndpoint;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.broker.tls.TlsFront;
import org.patchbay.connectivity.broker.tls.TlsIdentities;
import org.patchbay.connectivity.broker.tls.TlsSetup;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.PublishResult;

/** Through a proxy that wants to know whom it serves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpProxyIT {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "http");
    private final HttpEndpoint endpoint = HttpEndpoint.started();
    private final ForwardProxy proxy = ForwardProxy.started();

    @AfterAll
    void stopEverything() {
        system.terminate();
        proxy.close();
        endpoint.close();
    }

    @Test
    void what_is_plain_is_the_proxys_to_read() {
        Connection connection = HttpConnections.connection(endpoint.uri(), Map.of());
        try (LinkUnderTest link = connected(connection, TestBroker.PASSWORD)) {

            PublishResult result =
                    done(link.client().publish(message("POST:/plain?a=b", Map.of(), "x")));

            assertThat(result.status()).isEqualTo(200);
        }
        assertThat(endpoint.heard("/plain").getFirst().body()).isEqualTo("x");
        assertThat(proxy.served())
                .contains("POST http://127.0.0.1:" + endpoint.port() + "/plain?a=b HTTP/1.1");
    }

    @Test
    void what_is_secure_goes_through_a_tunnel() {
        TlsIdentities who = TlsIdentities.made();
        try (TlsFront front = TlsFront.before(endpoint.port(), TlsSetup.showing(who.server()));
                LinkUnderTest link =
                        connected(
                                HttpConnections.connection(
                                        "https://127.0.0.1:" + front.port(),
                                        who.authority().certificatePem(),
                                        null),
                                TestBroker.PASSWORD)) {

            PublishResult result = done(link.client().publish(message("POST:/secure")));

            assertThat(result.status()).isEqualTo(200);
            assertThat(endpoint.heard("/secure").getFirst().headers())
                    .doesNotContainKey("proxy-authorization");
            assertThat(proxy.served()).contains("CONNECT 127.0.0.1:" + front.port() + " HTTP/1.1");
        }
    }

    @Test
    void a_proxy_that_serves_nobody_of_that_name_is_named() {
        LinkUnderTest link =
                LinkUnderTest.of(
                        system,
                        HttpConnections.transport(settings("wrong")),
                        HttpConnections.connection("https://127.0.0.1:1", Map.of()));

        Failure failure = failureOf(() -> done(link.client().connect()));

        assertThat(failure.blame()).isEqualTo(Failure.Blame.SYSTEM);
        assertThat(failure.description())
                .contains("through the proxy 127.0.0.1:" + proxy.port(), "407");
    }

    private LinkUnderTest connected(Connection connection, String password) {
        return LinkUnderTest.connected(
                system, HttpConnections.transport(settings(password)), connection);
    }

    private String settings(String password) {
        return """
        ditto.connectivity.connection.http-push.proxy {
          enabled = true
          hostname = "127.0.0.1"
          port = %d
          username = %s
          password = "%s"
        }
        """
                .formatted(proxy.port(), TestBroker.USER, password);
    }
}
