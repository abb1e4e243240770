package org.patchbay.connectivity.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.header.Headers;

class RestrictionsTest {

    @ParameterizedTest
    @CsvSource({"0, 200", "1, 200", "2, 400"})
    void a_qos_above_what_the_broker_takes_is_refused(String qos, int status) {
        Restrictions restrictions = new Restrictions(MqttQos.AT_LEAST_ONCE, true, 1_000);

        assertThat(status(restrictions, Map.of("mqtt.qos", qos), 10)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"true, true, 200", "true, false, 400", "false, false, 200"})
    void a_message_that_is_to_be_retained_is_refused_where_none_is(
            String retain, boolean retains, int status) {
        Restrictions restrictions = new Restrictions(MqttQos.EXACTLY_ONCE, retains, 1_000);

        assertThat(status(restrictions, Map.of("mqtt.retain", retain), 10)).isEqualTo(status);
    }

    @Test
    void properties_count_as_payload_does() {
        Restrictions restrictions = new Restrictions(MqttQos.EXACTLY_ONCE, true, 1_000);
        Map<String, String> headers =
                Map.of(
                        "content-type", "a".repeat(100),
                        "reply-to", "b".repeat(100),
                        "correlation-id", "c".repeat(100),
                        "mqtt.message-expiry-interval", "9",
                        "own", "ä".repeat(100));

        assertThat(status(restrictions, headers, 300)).isEqualTo(200);
        assertThat(status(restrictions, headers, 500)).isEqualTo(413);
        assertThat(status(restrictions, Map.of(), 500)).isEqualTo(200);
        assertThat(status(restrictions, Map.of(), 1_000)).isEqualTo(413);
    }

    private static int status(Restrictions restrictions, Map<String, String> headers, int bytes) {
        Outbound message =
                new Outbound("topic", Headers.of(headers), ByteBuffer.allocate(bytes), 0);
        PublishResult refusal = restrictions.refusal(Publication.of(message, false));
        return refusal == null ? 200 : refusal.status();
    }
}
