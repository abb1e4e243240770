package org.patchbay.benchmarks.bare;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;

/** AMQP 0.9.1: persistent messages, publisher confirms, the prefetch that Patchbay has. */
final class BareAmqp091 {

    private static final int PREFETCH = 128;

    private BareAmqp091() {}

    static void start(int port, String queueIn, String queueOut)
            throws IOException, TimeoutException {
        Channel in = channel(port);
        Channel out = channel(port);
        ConcurrentNavigableMap<Long, Long> tags = new ConcurrentSkipListMap<>();
        out.confirmSelect();
        out.addConfirmListener(
                (number, multiple) -> {
                    if (multiple) {
                        var confirmed = tags.headMap(number, true);
                        in.basicAck(confirmed.lastEntry().getValue(), true);
                        confirmed.clear();
                    } else {
                        Long tag = tags.remove(number);
                        if (tag != null) {
                            in.basicAck(tag, false);
                        }
                    }
                },
                (number, _) -> {
                    throw new IllegalStateException("The broker does not take " + number);
                });
        in.basicQos(PREFETCH);
        var _ =
                in.basicConsume(
                        queueIn,
                        false,
                        new DefaultConsumer(in) {
                            @Override
                            public void handleDelivery(
                                    String tag,
                                    Envelope envelope,
                                    BasicProperties properties,
                                    byte[] body) {
                                tags.put(out.getNextPublishSeqNo(), envelope.getDeliveryTag());
                                publish(out, queueOut, properties, body);
                            }
                        });
    }

    private static void publish(
            Channel out, String queue, BasicProperties properties, byte[] body) {
        try {
            out.basicPublish("", queue, true, properties, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Channel channel(int port) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection().createChannel();
    }
}
