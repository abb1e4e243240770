package org.patchbay.connectivity.transport.amqp10;

import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.page.DocumentedDefaults;
import org.patchbay.connectivity.transport.page.ProtocolPage;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Amqp10DefaultsTest implements DocumentedDefaults {

    private static final Amqp10Config CONFIG = Amqp10Config.of(ConfigFactory.load());

    private final ActorTestKit kit = ActorTestKit.create();

    @AfterAll
    void stopSystem() {
        kit.shutdownTestKit();
    }

    @Override
    public ProtocolPage page() {
        return ProtocolPage.named("amqp10");
    }

    /** As a set: in which order the library is told makes no difference. */
    @Override
    public Object options(Map<String, String> specificConfig) {
        Connection connection =
                Amqp10Connections.connection(
                        "lamps", "amqp://127.0.0.1:5672", specificConfig, List.of("in"));
        var context = Amqp10Connections.context(kit.system(), 0, Duration.ofSeconds(60));
        String uri =
                Amqp10Options.of(connection, context, CONFIG)
                        .uri(
                                Endpoint.of(connection),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 5672),
                                0);
        return Set.of(uri.split("[?&]"));
    }

    @Override
    public Map<String, String> others() {
        return Map.of();
    }
}
