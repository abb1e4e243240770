package org.patchbay.standalone.protocols;

import java.util.Map;
import java.util.function.Supplier;
import org.patchbay.connectivity.broker.EmbeddedArtemis;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.EmbeddedQpid;
import org.patchbay.connectivity.broker.Mosquitto;
import org.patchbay.connectivity.broker.RabbitMq;

/** Page by page, what its example connects to. */
final class Sites {

    /** In this JVM, for every build. */
    static final Map<String, Supplier<Site>> EMBEDDED =
            Map.of(
                    "amqp091", () -> new Amqp091Site(EmbeddedQpid.started()),
                    "hono", () -> new HonoSite(EmbeddedKafka.started()),
                    "http", HttpSite::new,
                    "kafka", () -> new KafkaSite(EmbeddedKafka.started()),
                    "amqp10", () -> new Amqp10Site(EmbeddedArtemis.started()),
                    "mqtt", () -> new MqttSite(EmbeddedMqttBroker.started()));

    /** What the page tells to install. */
    static final Map<String, Supplier<Site>> INSTALLED =
            Map.of(
                    "amqp091", () -> new Amqp091Site(RabbitMq.startedOrSkipped()),
                    "mqtt", () -> new MqttSite(Mosquitto.startedOrSkipped()));

    private Sites() {}
}
