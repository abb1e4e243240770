package org.patchbay.connectivity.transport.kafka.way;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An engine as the library uses it: with buffers that are filled and emptied bit by bit. */
class AddressEngineTest {

    private static final short VERSION = 9;
    private static final int CORRELATION_ID = 7;

    private final AddressEngine engine =
            new AddressEngine(new PlainEngine(), new Addresses(Ports.brokers()));

    @ParameterizedTest
    @CsvSource({"1, 2", "3, 7", "16709, 16704", "100, 5", "16709, 64"})
    void changes_what_names_brokers_and_leaves_the_rest(int fromNetwork, int toLibrary)
            throws SSLException {
        MetadataResponseData metadata = metadata("a-broker-with-a-long-name.example");
        MetadataResponseData expected = metadata("127.0.0.1");
        expected.brokers().find(1).setPort(1);
        send(ApiKeys.FETCH, 6);
        send(ApiKeys.METADATA, CORRELATION_ID);
        send(ApiKeys.FETCH, 8);
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        ByteArrayOutputStream wanted = new ByteArrayOutputStream();
        byte[] other = framed(records(6));
        byte[] last = framed(records(8));
        came.writeBytes(other);
        came.writeBytes(framed(AddressesTest.answer(ApiKeys.METADATA, VERSION, metadata)));
        came.writeBytes(last);
        wanted.writeBytes(other);
        wanted.writeBytes(framed(AddressesTest.answer(ApiKeys.METADATA, VERSION, expected)));
        wanted.writeBytes(last);

        byte[] got = received(came.toByteArray(), fromNetwork, toLibrary);

        assertThat(got).isEqualTo(wanted.toByteArray());
    }

    /** Much longer than what is read at once. */
    private static MetadataResponseData metadata(String host) {
        var metadata = new MetadataResponseData();
        metadata.brokers()
                .add(new MetadataResponseBroker().setNodeId(1).setHost(host).setPort(9092));
        IntStream.range(0, 3_000)
                .forEach(n ->
                        metadata.topics().add(new MetadataResponseTopic().setName("topic-" + n)));
        return metadata;
    }

    private static ByteBuffer records(int correlationId) {
        return ByteBuffer.allocate(20_000).putInt(correlationId).putInt(23).rewind();
    }

    private static byte[] framed(ByteBuffer answer) {
        return ByteBuffer.allocate(Integer.BYTES + answer.remaining())
                .putInt(answer.remaining())
                .put(answer)
                .array();
    }

    private void send(ApiKeys api, int correlationId) throws SSLException {
        ByteBuffer request =
                ByteBuffer.allocate(40)
                        .putInt(36)
                        .putShort(api.id)
                        .putShort(VERSION)
                        .putInt(correlationId)
                        .rewind();
        ByteBuffer network = ByteBuffer.allocate(13);
        while (request.hasRemaining()) {
            engine.wrap(request, network.clear());
        }
    }

    /** The loop of the library: it reads on only while something is left from the network. */
    private byte[] received(byte[] came, int fromNetwork, int toLibrary) throws SSLException {
        ByteBuffer source = ByteBuffer.wrap(came);
        ByteBuffer network = ByteBuffer.allocate(fromNetwork);
        ByteBuffer library = ByteBuffer.allocate(toLibrary);
        var got = new ByteArrayOutputStream();
        while (source.hasRemaining()) {
            while (network.hasRemaining() && source.hasRemaining()) {
                network.put(source.get());
            }
            while (network.position() > 0) {
                SSLEngineResult result = engine.unwrap(network.flip(), library);
                network.compact();
                assertThat(result.getStatus()).isEqualTo(SSLEngineResult.Status.OK);
                assertThat(library.hasRemaining()).as("a full buffer is a mistake").isTrue();
                got.write(library.array(), 0, library.position());
                library.clear();
            }
        }
        return got.toByteArray();
    }

    @Test
    void says_when_there_is_no_room() throws SSLException {
        send(ApiKeys.FETCH, 6);
        ByteBuffer network = ByteBuffer.wrap(framed(records(6)));

        SSLEngineResult result = engine.unwrap(network, ByteBuffer.allocate(1));

        assertThat(result.getStatus()).isEqualTo(SSLEngineResult.Status.BUFFER_OVERFLOW);
        assertThat(network.position()).isZero();
    }

    @Test
    void refuses_what_no_broker_says() {
        ByteBuffer http =
                ByteBuffer.wrap("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> engine.unwrap(http, ByteBuffer.allocate(100)))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("Kafka");
    }

    @Test
    void refuses_an_answer_that_is_garbled() throws SSLException {
        send(ApiKeys.METADATA, CORRELATION_ID);
        ByteBuffer garbled =
                ByteBuffer.wrap(
                        framed(
                                ByteBuffer.allocate(12)
                                        .putInt(CORRELATION_ID)
                                        .putInt(-1)
                                        .putInt(-1)
                                        .rewind()));

        assertThatThrownBy(() -> engine.unwrap(garbled, ByteBuffer.allocate(100)))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("METADATA");
    }
}
