package org.patchbay.connectivity.transport.amqp091;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;

/**
 * Publishes over one channel for each exchange: a broker closes the channel of who publishes to an
 * exchange that is missing or forbidden, and other targets must not suffer from it. Used by the
 * link's thread alone.
 */
final class ConfirmedPublisher {

    private final Amqp091Link link;

    /** By exchange; the one that was used longest ago comes first. */
    private final Map<String, ConfirmedChannel> channels = new LinkedHashMap<>(16, 0.75f, true);

    private final int channelsMax;

    ConfirmedPublisher(Amqp091Link link, int channelsMax) {
        this.link = link;
        this.channelsMax = channelsMax;
    }

    CompletionStage<PublishResult> publish(Outbound message) {
        return link.run(() -> publishNow(message))
                .thenCompose(result -> result)
                .exceptionally(Amqp091Failures::publishing);
    }

    private CompletionStage<PublishResult> publishNow(Outbound message) throws IOException {
        Destination to = Destination.of(message.address());
        return channel(to.exchange())
                .publish(
                        to, Amqp091Headers.properties(message.headers()), bytes(message.payload()));
    }

    private ConfirmedChannel channel(String exchange) throws IOException {
        ConfirmedChannel known = channels.get(exchange);
        ConfirmedChannel open =
                known != null && known.isOpen() ? known : ConfirmedChannel.on(link.broker());
        channels.put(exchange, open);
        if (channels.size() > channelsMax) {
            closeIdleBut(open);
        }
        return open;
    }

    /**
     * Those that were used longest ago go. One whose messages wait for an answer stays meanwhile,
     * even if there are too many then: without it they would count as not published, and be
     * published twice.
     */
    private void closeIdleBut(ConfirmedChannel wanted) {
        Iterator<ConfirmedChannel> oldest = channels.values().iterator();
        while (channels.size() > channelsMax && oldest.hasNext()) {
            ConfirmedChannel one = oldest.next();
            if (one != wanted && one.isIdle()) {
                one.close();
                oldest.remove();
            }
        }
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }
}
