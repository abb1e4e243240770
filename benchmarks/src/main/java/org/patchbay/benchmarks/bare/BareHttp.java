package org.patchbay.benchmarks.bare;

import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.ConnectHttp;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import scala.util.Try;

/** MQTT 3.1.1 in, QoS 1, HTTP out over eight connections that are kept. */
final class BareHttp {

    private static final int WAITING_MAX = 1_024;

    private static final String SETTINGS =
            """
            pekko.actor.provider = local
            pekko.http.host-connection-pool { max-connections = 8, max-open-requests = 1024 }
            """;

    private BareHttp() {}

    /**
     * @param out the whole URL
     */
    static void start(int port, String topicIn, String out) {
        URI to = URI.create(out);
        ActorSystem system =
                ActorSystem.create(
                        "bare",
                        ConfigFactory.parseString(SETTINGS)
                                .withFallback(ConfigFactory.defaultReference()));
        BoundedSourceQueue<Pair<HttpRequest, Mqtt3Publish>> requests =
                Source.<Pair<HttpRequest, Mqtt3Publish>>queue(WAITING_MAX)
                        .via(
                                Http.get(system)
                                        .<Mqtt3Publish>cachedHostConnectionPool(
                                                ConnectHttp.toHost(to.getHost(), to.getPort())))
                        .toMat(Sink.foreach(answered -> acknowledge(system, answered)), Keep.left())
                        .run(system);
        BareMqtt3.consume(
                port,
                topicIn,
                message -> {
                    HttpRequest request =
                            HttpRequest.POST(to.getPath())
                                    .withEntity(
                                            ContentTypes.APPLICATION_JSON,
                                            message.getPayloadAsBytes());
                    if (!requests.offer(new Pair<>(request, message)).isEnqueued()) {
                        throw new IllegalStateException("More is under way than there may be");
                    }
                });
    }

    private static void acknowledge(
            ActorSystem system, Pair<Try<HttpResponse>, Mqtt3Publish> answered) {
        HttpResponse response = answered.first().get();
        var _ = response.discardEntityBytes(system);
        answered.second().acknowledge();
    }
}
