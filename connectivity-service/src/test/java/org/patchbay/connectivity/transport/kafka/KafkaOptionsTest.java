package org.patchbay.connectivity.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

class KafkaOptionsTest {

    @Test
    void all_servers_are_reached_as_the_uri_says() {
        KafkaOptions options =
                KafkaOptions.of(
                        connection(
                                "ssl://user:secret@ignored:1",
                                Map.of(
                                        "bootstrapServers",
                                        " one:9092, tcp://two:9093 ,[::1]:9094,",
                                        "saslMechanism",
                                        "scram-sha-256")));

        assertThat(options.servers())
                .extracting(Endpoint::toString)
                .containsExactly("ssl://one:9092", "ssl://two:9093", "ssl://::1:9094");
        assertThat(options.servers()).allMatch(one -> "user".equals(one.username()));
        assertThat(options.secure()).isTrue();
        assertThat(options.mechanism()).isEqualTo("SCRAM-SHA-256");
        assertThat(options.groupId()).isEqualTo("the-id");
    }

    @Test
    void nobody_logs_in_without_a_user() {
        KafkaOptions options =
                KafkaOptions.of(
                        connection(
                                "tcp://ignored:1",
                                Map.of("saslMechanism", "plain", "groupId", "others")));

        assertThat(options.mechanism()).isNull();
        assertThat(options.secure()).isFalse();
        assertThat(options.groupId()).isEqualTo("others");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://host:1, bootstrapServers, '', bootstrapServers",
        "tcp://host:1, bootstrapServers, 'host:1,host', bootstrapServers",
        "http://host:1, groupId, group, tcp or ssl",
        "tcp://user@host:1, groupId, group, saslMechanism",
        "tcp://user@host:1, saslMechanism, gssapi, saslMechanism"
    })
    void what_can_not_be_used_is_the_users_to_mend(
            String uri, String option, String value, String told) {
        Failure failure =
                catchThrowableOfType(
                        Failure.class,
                        () -> KafkaOptions.of(connection(uri, Map.of(option, value))));

        assertThat(failure).hasMessageContaining(told);
        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.CONFIGURATION);
    }

    private static Connection connection(String uri, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(Map.of("bootstrapServers", "host:9092"));
        all.putAll(options);
        return Connections.of("the-id", ConnectionType.KAFKA, uri, all, List.of(), List.of());
    }
}
