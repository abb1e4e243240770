package org.patchbay.connectivity.path.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

class DeadLetterHeadersTest {

    @ParameterizedTest
    @CsvSource({
        "mqtt,      mqtt.topic,                  false",
        "mqtt,      MQTT.topic,                  false",
        "kafka,     kafka.key,                   false",
        "http-push, http.path,                   false",
        "http-push, http.query,                  false",
        "http-push, to,                          true",
        "amqp-10,   to,                          false",
        "amqp-10,   Absolute-Expiry-Time,        false",
        "amqp-10,   user-id,                     false",
        "amqp-10,   message-id,                  false",
        "amqp-10,   amqp.message.annotation:a,   false",
        "amqp-10,   amqp.application.property:a, true",
        "amqp-10,   subject,                     true",
        "amqp-091,  message-id,                  true",
        "mqtt,      device,                      true"
    })
    void tell_no_transport_where_to_send_it_or_how_long_to_keep_it(
            String type, String name, boolean kept) {
        DeadLetter letter =
                new DeadLetter(
                        Headers.of(Map.of(name, "x")),
                        ByteBuffer.allocate(0),
                        Ending.of(Reason.MAPPING_FAILED, "No."),
                        "in",
                        null,
                        null);

        Headers headers = DeadLetterHeaders.of(letter, connection(type), Instant.EPOCH);

        assertThat(headers.has(name)).isEqualTo(kept);
        assertThat(headers.get("dead-letter-reason")).isEqualTo("mapping-failed");
    }

    private static Connection connection(String type) {
        return ConnectionJson.read(
                Json.parse(
                        """
                        {"id": "c", "connectionType": "%s", "connectionStatus": "open",
                         "uri": "tcp://127.0.0.1:1"}
                        """
                                .formatted(type)));
    }
}
