package org.patchbay.connectivity.model.hono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

    private static final String WRITTEN =
            """
            {"id": "connection-for-hono", "connectionType": "hono", "connectionStatus": "open",
             "validateCertificates": false,
             "specificConfig": {"honoTenantId": "example-tenant", "bootstrapServers": "mine:1"},
             "sources": [
               {"addresses": ["event", "telemetry"], "qos": 1, "authorizationContext": ["a:b"],
                "headerMapping": {},
                "replyTarget": {"address": "command", "headerMapping": {"own": "1"}}},
               {"addresses": ["command_response"], "authorizationContext": ["a:b"],
                "headerMapping": {},
                "replyTarget": {"address": "command", "headerMapping": {}}}],
             "targets": [
               {"address": "command", "topics": ["_/_/things/live/messages"],
                "authorizationContext": ["a:b"],
                "headerMapping": {"subject": "always-this", "own": "1"}}]}
            """;

    private static final String RUNS =
            """
            {"id": "connection-for-hono", "name": null, "connectionType": "hono",
             "connectionStatus": "open",
             "uri": "ssl://the%20user:p%40ss%3Aword%2F1@hono.example.org:9093",
             "sources": [
               {"addresses": ["hono.event.example-tenant", "hono.telemetry.example-tenant"],
                "consumerCount": 1, "qos": 1, "authorizationContext": ["a:b"], "headerMapping": {},
                "replyTarget": {
                  "address": "hono.command.example-tenant/{{thing:id}}",
                  "headerMapping": {
                    "device_id": "{{ thing:id }}",
                    "subject": "{{ header:subject | fn:default(topic:action-subject) |\
             fn:default(topic:criterion) }}-response",
                    "correlation-id": "{{ header:correlation-id }}",
                    "own": "1"},
                  "expectedResponseTypes": ["response", "error"], "enabled": true}},
               {"addresses": ["hono.command_response.example-tenant"],
                "consumerCount": 1, "authorizationContext": ["a:b"], "headerMapping": {},
                "replyTarget": {
                  "address": "hono.command.example-tenant/{{thing:id}}",
                  "headerMapping": {
                    "correlation-id": "{{ header:correlation-id }}",
                    "status": "{{ header:status }}"},
                  "expectedResponseTypes": ["response", "error"], "enabled": true}}],
             "targets": [
               {"address": "hono.command.example-tenant/{{thing:id}}",
                "topics": ["_/_/things/live/messages"], "authorizationContext": ["a:b"],
                "headerMapping": {
                  "device_id": "{{ thing:id }}",
                  "subject": "always-this",
                  "response-required": "{{ header:response-required }}",
                  "correlation-id": "{{ header:correlation-id }}",
                  "own": "1"}}],
             "clientCount": 1, "failoverEnabled": true, "validateCertificates": true,
             "processorPoolSize": 1,
             "specificConfig": {
               "honoTenantId": "example-tenant",
               "bootstrapServers": "a.example.org:9093,b.example.org:9093",
               "saslMechanism": "scram-sha-512",
               "groupId": "example-tenant_connection-for-hono"},
             "tags": []}
            """;

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

    private static Connection read(String json) {
        return ConnectionJson.read((ObjectNode) Json.parse(json));
    }
}
