package org.patchbay.connectivity.transport.amqp10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import io.netty.buffer.ByteBuf;
import jakarta.jms.BytesMessage;
import jakarta.jms.TextMessage;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.JmsQueue;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpCodec;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.jms.provider.amqp.message.AmqpWritableBuffer;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.codec.EncoderImpl;
import org.apache.qpid.proton.codec.WritableBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.broker.Amqp10Probe;
import org.patchbay.connectivity.broker.EmbeddedArtemis;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.protocol.MediaType;
import org.patchbay.protocol.header.HeaderDefinition;

/** A payload is read by the charset that the content type names, and comes out as it was sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Amqp10CharsetIT {

    private static final String TEXT = "{\"room\": \"Küche, größer\"}";

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "amqp10");
    private final String queue = "queue-" + UUID.randomUUID();
    private EmbeddedArtemis broker;

    @BeforeAll
    void startBroker() {
        broker = EmbeddedArtemis.started();
    }

    @AfterAll
    void stopBroker() {
        system.terminate();
        if (broker != null) {
            broker.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=UTF-8",
                "application/json; charset=ISO-8859-1",
                "application/json; charset=\"iso-8859-1\"",
                "text/plain; charset=UTF-16",
                "application/json; charset=no-such-charset"
            })
    void a_text(String contentType) {
        assertThat(read(received(text(TEXT, contentType)))).isEqualTo(TEXT);
    }

    @Test
    void a_text_that_the_charset_has_no_signs_for() {
        Inbound received = received(text("5 €", "text/plain; charset=ISO-8859-1"));

        assertThat(read(received)).isEqualTo("5 €");
        assertThat(received.headers().get(HeaderDefinition.CONTENT_TYPE))
                .isEqualTo("text/plain; charset=UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "UTF-16", "UTF-16LE"})
    void bytes_that_the_content_type_says_are_text(String charset) {
        String contentType = "application/json; charset=" + charset;
        byte[] bytes = TEXT.getBytes(Charset.forName(charset));

        Inbound received = received(_ -> new JmsMessage(new DataMessage(contentType, bytes)));

        assertThat(read(received)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "UTF-16"})
    void bytes_that_jms_says_are_bytes(String charset) {
        String contentType = "application/json; charset=" + charset;

        Inbound received =
                received(session -> {
                    BytesMessage message = session.createBytesMessage();
                    message.writeBytes(TEXT.getBytes(Charset.forName(charset)));
                    facade((JmsMessage) message).setContentType(Symbol.valueOf(contentType));
                    return message;
                });

        assertThat(read(received)).isEqualTo(TEXT);
    }

    private static Amqp10Probe.Draft text(String text, String contentType) {
        return session -> {
            TextMessage message = session.createTextMessage(text);
            facade((JmsMessage) message).setContentType(Symbol.valueOf(contentType));
            return message;
        };
    }

    private static AmqpJmsMessageFacade facade(JmsMessage message) {
        return (AmqpJmsMessageFacade) message.getFacade();
    }

    private Inbound received(Amqp10Probe.Draft draft) {
        try (LinkUnderTest link =
                        LinkUnderTest.consuming(
                                system,
                                Amqp10Connections.transport(),
                                Amqp10Connections.connection(
                                        "connection", broker.uri(), Map.of(), List.of(queue)),
                                message -> message.settlement().accept());
                Amqp10Probe probe = Amqp10Probe.at(broker)) {
            probe.send(new JmsQueue(queue), draft);
            patiently().until(() -> link.received().size() + link.dropped().size() == 1);
            return link.received().getFirst();
        }
    }

    /** As whoever maps it does. */
    private static String read(Inbound received) {
        return MediaType.of(received.headers().get(HeaderDefinition.CONTENT_TYPE))
                .text(received.payload());
    }

    /** As others than users of JMS send one: nothing but the content type says what it is. */
    private static final class DataMessage extends AmqpJmsMessageFacade {

        private final Properties properties = new Properties();
        private final byte[] bytes;

        DataMessage(String contentType, byte[] bytes) {
            properties.setContentType(Symbol.valueOf(contentType));
            this.bytes = bytes;
        }

        @Override
        public void setDestination(JmsDestination destination) {
            properties.setTo(destination.getAddress());
        }

        @Override
        public void onSend(long timeToLive) {}

        @Override
        public ByteBuf encodeMessage() {
            AmqpWritableBuffer buffer = new AmqpWritableBuffer();
            EncoderImpl encoder = AmqpCodec.getEncoder();
            encoder.setByteBuffer(buffer);
            encoder.writeObject(properties);
            encoder.writeObject(new Data(new Binary(bytes)));
            encoder.setByteBuffer((WritableBuffer) null);
            return buffer.getBuffer();
        }
    }
}
