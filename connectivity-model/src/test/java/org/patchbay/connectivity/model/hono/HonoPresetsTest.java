package org.patchbay.connectivity.model.hono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.protocol.json.Json;

class HonoPresetsTest {

    private static final HonoSettings SETTINGS =
            new HonoSettings(
                    ConnectionUri.parse("ssl://hono.example.org:9093"),
                    "the user",
                    new Secret("p@ss:word/1"),
                    "scram-sha-512",
                    "a.example.org:9093,b.example.org:9093",
                    true,
                    null);

    private static final String WRITTEN = golden("written.json");
    private static final String RUNS = golden("runs.json");

    @Test
    void what_the_operator_leaves_out_is_filled_in() {
        Connection resolved = HonoPresets.resolve(read(WRITTEN), SETTINGS);

        assertThat(ConnectionJson.write(resolved)).isEqualTo(Json.parse(RUNS));
    }

    @Test
    void the_user_is_read_back_as_he_was_configured() {
        ConnectionUri uri = HonoPresets.resolve(read(WRITTEN), SETTINGS).uri();

        assertThat(uri.username()).isEqualTo("the user");
        assertThat(uri.password()).isEqualTo(new Secret("p@ss:word/1"));
        assertThat(uri.host()).isEqualTo("hono.example.org");
    }

    @Test
    void without_a_tenant_the_connection_s_id_names_it() {
        Connection resolved =
                HonoPresets.resolve(read(WRITTEN.replace("honoTenantId", "x")), SETTINGS);

        assertThat(resolved.targets().getFirst().address())
                .isEqualTo("hono.command.connection-for-hono/{{thing:id}}");
        assertThat(resolved.specificConfig()).containsEntry("groupId", "connection-for-hono");
    }

    @ParameterizedTest
    @CsvSource({"{{ header:reply-to }}", "my-topic", "commands"})
    void only_the_alias_of_an_address_is_replaced(String address) {
        Connection resolved =
                HonoPresets.resolve(
                        read(WRITTEN.replace("\"command\"", "\"" + address + "\"")), SETTINGS);

        assertThat(resolved.sources().getFirst().replyTarget().address()).isEqualTo(address);
    }

    @Test
    void a_group_of_one_s_own_stays_and_trust_and_user_come_from_the_settings() {
        HonoSettings open =
                new HonoSettings(
                        ConnectionUri.parse("tcp://u:p@hono:9092"),
                        null,
                        new Secret(""),
                        "plain",
                        "hono:9092",
                        false,
                        "a certificate");

        Connection resolved =
                HonoPresets.resolve(
                        read(WRITTEN.replace("mine:1\"", "x\", \"groupId\": \"g\"")), open);

        assertThat(resolved.specificConfig())
                .containsAllEntriesOf(
                        Map.of(
                                "groupId", "g",
                                "bootstrapServers", "hono:9092",
                                "saslMechanism", "plain"));
        assertThat(resolved.uri().reveal()).isEqualTo("tcp://u:p@hono:9092");
        assertThat(resolved.validateCertificates()).isFalse();
        assertThat(resolved.ca()).isEqualTo("a certificate");
    }

    @ParameterizedTest
    @CsvSource({"digest-md5, a:1, sasl-mechanism", "plain, ' ', bootstrap-servers"})
    void settings_that_can_t_work_are_refused_by_name(
            String mechanism, String servers, String named) {
        assertThatThrownBy(() ->
                        new HonoSettings(
                                ConnectionUri.parse("tcp://hono:9092"),
                                null,
                                new Secret(""),
                                mechanism,
                                servers,
                                true,
                                null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    private static String golden(String name) {
        try (InputStream file = HonoPresetsTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connection read(String json) {
        return ConnectionJson.read((ObjectNode) Json.parse(json));
    }
}
