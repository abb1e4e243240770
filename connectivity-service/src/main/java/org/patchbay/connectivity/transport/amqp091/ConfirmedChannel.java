package org.patchbay.connectivity.transport.amqp091;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.patchbay.connectivity.transport.PublishResult;

/**
 * A channel on which the broker confirms each message, and returns what no queue would take.
 * Publishing is done by one thread; the broker's answers come on another.
 */
final class ConfirmedChannel {

    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private record Pending(
            Destination to,
            BasicProperties properties,
            byte[] body,
            CompletableFuture<PublishResult> result) {

        boolean hasAddressAndBodyOf(Return returned) {
            return to.routingKey().equals(returned.getRoutingKey())
                    && to.exchange().equals(returned.getExchange())
                    && Arrays.equals(body, returned.getBody());
        }

        /** As they come back: with other types than they were set with. */
        Map<String, String> headers() {
            return Amqp091Headers.of(properties).asMap();
        }

        void notRouted() {
            result.complete(
                    Amqp091Failures.result(
                            NOT_FOUND,
                            "No queue takes messages of the exchange '"
                                    + to.exchange()
                                    + "' with the routing key '"
                                    + to.routingKey()
                                    + "'."));
        }
    }

    private final Channel channel;
    private final ConcurrentNavigableMap<Long, Pending> pending = new ConcurrentSkipListMap<>();

    /** How many messages the broker counts. The library counts what it could not write, too. */
    private long published;

    private ConfirmedChannel(Channel channel) {
        this.channel = channel;
    }

    static ConfirmedChannel on(com.rabbitmq.client.Connection broker) throws IOException {
        Channel channel = broker.createChannel();
        if (channel == null) {
            throw new IOException("The broker allows no further channel.");
        }
        var confirmed = new ConfirmedChannel(channel);
        channel.confirmSelect();
        channel.addConfirmListener(
                (number, multiple) -> confirmed.settle(number, multiple, PublishResult.OK),
                (number, multiple) -> confirmed.settle(number, multiple, notTaken()));
        channel.addReturnListener(confirmed::returned);
        channel.addShutdownListener(confirmed::failAll);
        return confirmed;
    }

    private static PublishResult notTaken() {
        return Amqp091Failures.result(
                UNAVAILABLE, "The broker did not take the message, its queue may be full.");
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Whether no message waits for the broker's answer. */
    boolean isIdle() {
        return pending.isEmpty();
    }

    /**
     * Publishes a message.
     *
     * @throws IllegalArgumentException where it can't be written; nothing of it was sent
     */
    CompletionStage<PublishResult> publish(Destination to, BasicProperties properties, byte[] body)
            throws IOException {
        long number = published + 1;
        var one = new Pending(to, properties, body, new CompletableFuture<>());
        // The answer may come before the message is known to be sent.
        pending.put(number, one);
        try {
            channel.basicPublish(to.exchange(), to.routingKey(), true, properties, body);
        } catch (IOException | RuntimeException e) {
            pending.remove(number);
            throw e;
        }
        published = number;
        if (!channel.isOpen()) {
            // It may have been closed before the message was among those that wait.
            failAll(channel.getCloseReason());
        }
        return one.result();
    }

    /**
     * A message that is returned is confirmed next, as if it had been taken, and comes without its
     * number. A broker may have added headers of its own.
     */
    private void returned(Return returned) {
        Map<String, String> headers = Amqp091Headers.of(returned.getProperties()).asMap();
        List<Pending> alike =
                pending.values().stream()
                        .filter(one -> !one.result().isDone())
                        .filter(one -> one.hasAddressAndBodyOf(returned))
                        .filter(one -> headers.entrySet().containsAll(one.headers().entrySet()))
                        .toList();
        alike.stream()
                .filter(one -> one.headers().equals(headers))
                .findFirst()
                .or(() -> alike.stream().findFirst())
                .ifPresent(Pending::notRouted);
    }

    private void settle(long number, boolean multiple, PublishResult result) {
        if (multiple) {
            Map<Long, Pending> all = pending.headMap(number, true);
            all.values().forEach(one -> one.result().complete(result));
            all.clear();
        } else {
            Pending one = pending.remove(number);
            if (one != null) {
                one.result().complete(result);
            }
        }
    }

    private void failAll(Throwable cause) {
        PublishResult result = Amqp091Failures.publishing(cause);
        pending.forEach((number, one) -> {
            pending.remove(number);
            one.result().complete(result);
        });
    }

    void close() {
        try {
            channel.abort();
        } catch (IOException gone) {
            // As good as closed.
        }
    }
}
