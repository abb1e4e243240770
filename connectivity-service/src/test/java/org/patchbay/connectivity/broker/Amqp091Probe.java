package org.patchbay.connectivity.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Somebody else at an AMQP 0.9.1 broker, who may do everything. */
public final class Amqp091Probe implements AutoCloseable {

    private static final long PATIENCE_MS = 30_000;

    /** Not the default exchange: Qpid takes apart routing keys with a slash there. */
    private static final String DIRECT = "amq.direct";

    /** What was published, with its properties. */
    public record Heard(String payload, BasicProperties properties) {}

    private final Connection connection;
    private final Channel channel;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    private Amqp091Probe(Connection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    public static Amqp091Probe at(Amqp091Broker broker) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        factory.setAutomaticRecoveryEnabled(false);
        try {
            Connection connection = factory.newConnection("probe");
            Channel channel = connection.createChannel();
            channel.confirmSelect();
            return new Amqp091Probe(connection, channel);
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A queue that outlives the broker. */
    public Amqp091Probe declareQueue(String queue, Map<String, Object> arguments) {
        return asked(() -> {
            channel.queueDeclare(queue, true, false, false, arguments);
            channel.queueBind(queue, DIRECT, queue);
        });
    }

    public Amqp091Probe bind(String queue, String exchange, String routingKey) {
        return asked(() -> channel.queueBind(queue, exchange, routingKey));
    }

    /**
     * The same for an exchange that looks at headers.
     *
     * @param arguments which headers a message must have
     */
    public Amqp091Probe bind(
            String queue, String exchange, String routingKey, Map<String, Object> arguments) {
        return asked(() -> channel.queueBind(queue, exchange, routingKey, arguments));
    }

    /** How many messages the queue has, in Qpid with those that a consumer has not settled. */
    public long messages(String queue) {
        try (Channel asking = connection.createChannel()) {
            return asking.queueDeclarePassive(queue).getMessageCount();
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean hasQueue(String queue) {
        try (Channel asking = connection.createChannel()) {
            asking.queueDeclarePassive(queue);
            return true;
        } catch (IOException | TimeoutException | AlreadyClosedException unknown) {
            return false;
        }
    }

    /** A topic exchange that outlives the broker; what nobody else wants goes to a queue, too. */
    public Amqp091Probe declareExchange(String exchange) {
        String rest = exchange + ".rest";
        return asked(() -> {
            channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, true);
            channel.queueDeclare(rest, true, false, false, Map.of());
            channel.queueBind(rest, exchange, "#");
        });
    }

    public Amqp091Probe deleteQueue(String queue) {
        return asked(() -> channel.queueDelete(queue));
    }

    /** Hears what is published to the exchange with the routing key from now on. */
    public Amqp091Probe listen(String exchange, String routingKey) {
        return asked(() -> {
            String queue = channel.queueDeclare().getQueue();
            channel.queueBind(queue, exchange, routingKey);
            channel.basicConsume(
                    queue,
                    true,
                    new DefaultConsumer(channel) {
                        @Override
                        public void handleDelivery(
                                String tag,
                                Envelope envelope,
                                BasicProperties properties,
                                byte[] body) {
                            heard.add(new Heard(text(body), properties));
                        }
                    });
        });
    }

    /** Returns when the broker has it. */
    public void send(String queue, String payload, BasicProperties properties) {
        asked(() -> {
            byte[] body = payload.getBytes(StandardCharsets.UTF_8);
            channel.basicPublish(DIRECT, queue, true, properties, body);
            channel.waitForConfirmsOrDie(PATIENCE_MS);
        });
    }

    /** What lies first in a queue; null where nothing does. */
    public @Nullable Heard take(String queue) {
        try {
            GetResponse response = channel.basicGet(queue, true);
            return response == null
                    ? null
                    : new Heard(text(response.getBody()), response.getProps());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<Heard> heard() {
        return heard;
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface Asking {
        void ask() throws IOException, TimeoutException, InterruptedException;
    }

    private Amqp091Probe asked(Asking asking) {
        try {
            asking.ask();
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return this;
    }

    @Override
    public void close() {
        connection.abort();
    }
}
