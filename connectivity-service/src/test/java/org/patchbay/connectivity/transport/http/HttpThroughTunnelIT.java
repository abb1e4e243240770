package org.patchbay.connectivity.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.HttpEndpoint.Answer;
import org.patchbay.connectivity.broker.HttpEndpoint.Heard;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.tunnel.Tunnelled;

@Tag("ci")
class HttpThroughTunnelIT extends HttpWithServerIT {

    private final SshServer server = SshServer.started("EC");

    @Override
    public Transport transport() {
        return new Tunnelled(super.transport(), server);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Test
    void requests_name_the_host_behind_the_tunnel() {
        try (LinkUnderTest link = connected(Map.of())) {
            done(link.client().publish(HttpConnections.message("POST:/named")));
        }

        assertThat(broker().heard("/named"))
                .singleElement()
                .extracting(heard -> heard.header("host"))
                .isEqualTo("127.0.0.1:" + broker().port());
    }

    /** Each is answered only when all have come. */
    @Test
    void requests_go_beside_each_other_in_one_session() {
        CountDownLatch together = new CountDownLatch(3);
        broker().answer("/together", _ -> afterAllHaveCome(together));
        try (LinkUnderTest link = connected(Map.of("parallelism", "3"))) {
            CompletionStage<PublishResult> one = publish(link);
            CompletionStage<PublishResult> two = publish(link);
            CompletionStage<PublishResult> three = publish(link);

            assertThat(done(one).status()).isEqualTo(204);
            assertThat(done(two).status()).isEqualTo(204);
            assertThat(done(three).status()).isEqualTo(204);
            assertThat(server.sessions()).isOne();
        }
        assertThat(broker().heard("/together").stream().map(Heard::clientPort))
                .doesNotHaveDuplicates();
    }

    private static Answer afterAllHaveCome(CountDownLatch together) {
        together.countDown();
        try {
            together.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Answer.of(204);
    }

    private static CompletionStage<PublishResult> publish(LinkUnderTest link) {
        return link.client().publish(HttpConnections.message("POST:/together"));
    }

    private LinkUnderTest connected(Map<String, String> options) {
        return LinkUnderTest.connected(
                system(), transport(), HttpConnections.connection(broker().uri(), options));
    }
}
