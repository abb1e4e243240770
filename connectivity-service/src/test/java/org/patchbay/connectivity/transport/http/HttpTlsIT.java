package org.patchbay.connectivity.transport.http;

import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.HttpEndpoint;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.TlsContract;
import org.patchbay.connectivity.transport.Transport;

@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpTlsIT implements TlsContract {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "http-tls");
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
    public int plainPort() {
        return endpoint.port();
    }

    @Override
    public String secureScheme() {
        return "https";
    }

    @Override
    public Connection connection(String uri) {
        return HttpConnections.connection(uri, Map.of());
    }

    @Override
    public String address() {
        return "POST:/secured";
    }
}
