package org.patchbay.benchmarks.transports.ends;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.patchbay.benchmarks.load.Ends;

/** Persistent messages to a queue; what is in the other queue counts as taken when it is heard. */
public final class Amqp091Ends implements Ends {

    private static final BasicProperties PROPERTIES = MessageProperties.MINIMAL_PERSISTENT_BASIC;

    private final Way way;
    private final Connection sending;
    private final Connection hearing;
    private final Channel sender;

    public Amqp091Ends(ConnectionFactory factory, Way way) throws IOException, TimeoutException {
        this.way = way;
        sending = factory.newConnection();
        hearing = factory.newConnection();
        sender = sending.createChannel();
    }

    @Override
    public void hear(Consumer<ByteBuffer> payloads) throws IOException {
        Channel channel = hearing.createChannel();
        var _ =
                channel.basicConsume(
                        way.out(),
                        true,
                        (_, message) -> payloads.accept(ByteBuffer.wrap(message.getBody())),
                        _ -> {});
    }

    @Override
    public void send(int number, byte[] payload) throws IOException {
        sender.basicPublish("", way.in(), PROPERTIES, payload);
    }

    @Override
    public void close() {
        sending.abort();
        hearing.abort();
    }
}
