package org.patchbay.connectivity.transport.amqp091;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.FirstSettlement;
import org.patchbay.connectivity.transport.Inbound;

/** One consumer of a source: a channel, and on it a subscription to each queue. */
final class Consumption {

    private final Amqp091Link link;
    private final Source source;
    private final int prefetch;
    private final QueueAccess access;
    private final Consumer<Failure> lost;
    private @Nullable BoundedSourceQueue<Inbound> queue;
    private @Nullable UniqueKillSwitch stop;
    private @Nullable Failure failure;
    private boolean closed;

    /**
     * @param prefetch how many messages of a queue may be unsettled
     * @param lost told where the broker ends a subscription or the channel by itself
     */
    Consumption(
            Amqp091Link link,
            Source source,
            int prefetch,
            QueueAccess access,
            Consumer<Failure> lost) {
        this.link = link;
        this.source = source;
        this.prefetch = prefetch;
        this.access = access;
        this.lost = lost;
    }

    /** What is materialized completes when all queues are subscribed. */
    org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> stream() {
        int unsettledMax = prefetch * source.addresses().size();
        return org.apache.pekko.stream.javadsl.Source.<Inbound>queue(unsettledMax)
                .viaMat(KillSwitches.single(), Keep.both())
                .mapMaterializedValue(running -> {
                    opened(running);
                    return link.run(this::subscribe);
                });
    }

    private synchronized void opened(Pair<BoundedSourceQueue<Inbound>, UniqueKillSwitch> running) {
        queue = running.first();
        stop = running.second();
        end();
    }

    private Done subscribe() throws IOException {
        Channel channel = link.broker().createChannel();
        if (channel == null) {
            throw Failure.byUser("The broker allows no further channel.", null);
        }
        channel.basicQos(prefetch);
        for (String address : source.addresses()) {
            try {
                switch (access) {
                    case CONSUME ->
                            channel.basicConsume(address, false, consumer(channel, address));
                    case LOOK -> channel.queueDeclarePassive(address);
                }
            } catch (IOException | RuntimeException e) {
                Failure why = Amqp091Failures.consuming(address, e);
                fail(why);
                throw why;
            }
        }
        // Not before: a queue that can't be consumed closes the channel, too, and was told above.
        channel.addShutdownListener(this::closed);
        return Done.getInstance();
    }

    /** The broker may close the channel alone; nothing would come any more. */
    private void closed(ShutdownSignalException signal) {
        if (!signal.isHardError() && !signal.isInitiatedByApplication()) {
            lost.accept(Amqp091Failures.ended(source.addresses(), signal));
        }
    }

    private DefaultConsumer consumer(Channel channel, String address) {
        return new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(
                    String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                offer(channel, address, envelope.getDeliveryTag(), properties, body);
            }

            @Override
            public void handleCancel(String tag) {
                lost.accept(Amqp091Failures.cancelled(address));
            }
        };
    }

    private void offer(
            Channel channel, String address, long tag, BasicProperties properties, byte[] body) {
        var settlement = new FirstSettlement(new OnChannel(channel, tag));
        var message =
                new Inbound(
                        Amqp091Headers.of(properties),
                        ByteBuffer.wrap(body).asReadOnlyBuffer(),
                        address,
                        settlement);
        BoundedSourceQueue<Inbound> running = queue();
        if (running == null || running.offer(message) != QueueOfferResult.enqueued()) {
            settlement.redeliver();
        }
    }

    private synchronized @Nullable BoundedSourceQueue<Inbound> queue() {
        return queue;
    }

    /** Ends the stream, with what is still in it: the broker will send that again. */
    synchronized void fail(Failure why) {
        failure = why;
        end();
    }

    /** As {@link #fail}, without failing. */
    synchronized void close() {
        closed = true;
        end();
    }

    private void end() {
        if (stop == null) {
            return;
        }
        if (failure != null) {
            stop.abort(failure);
        } else if (closed) {
            stop.shutdown();
        }
    }

    /** Of a link that is gone nothing need be settled: its messages go back to their queue. */
    private final class OnChannel implements Inbound.Settlement {
        private final Channel channel;
        private final long tag;

        OnChannel(Channel channel, long tag) {
            this.channel = channel;
            this.tag = tag;
        }

        @Override
        public void accept() {
            tell(() -> channel.basicAck(tag, false));
        }

        @Override
        public void reject() {
            tell(() -> channel.basicNack(tag, false, false));
        }

        @Override
        public void redeliver() {
            tell(() -> channel.basicNack(tag, false, true));
        }

        @Override
        public boolean canReject() {
            return true;
        }

        private void tell(Telling telling) {
            CompletableFuture<Done> told =
                    link.run(
                                    () -> {
                                        telling.run();
                                        return Done.getInstance();
                                    })
                            .toCompletableFuture();
            told.exceptionally(_ -> Done.getInstance());
        }
    }

    @FunctionalInterface
    private interface Telling {
        void run() throws IOException;
    }
}
