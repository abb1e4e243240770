package org.patchbay.connectivity.model.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.model.BadInput;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;

class SecretsTest {

    private static final String TUNNEL =
            ", 'sshTunnel': {'enabled': true, 'uri': 'ssh://h:22', 'validateHost': false,"
                    + " 'credentials': {'type': 'public-key', 'username': 'u', 'publicKey': 'open',"
                    + " 'privateKey': 's3cret-4'}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'plain', 'username': 'u', 'password': 's3cret-1'}",
                "{'type': 'client-cert', 'cert': 'open', 'key': 's3cret-1'}",
                "{'type': 'hmac', 'algorithm': 'az-sasl', 'parameters': {'sharedKeyName': 'n',"
                        + " 'sharedKey': 's3cret-1', 'ttl': 5}}",
                "{'type': 'hmac', 'algorithm': 'aws4-hmac-sha256', 'parameters': {'region': 'eu',"
                        + " 'accessKey': 's3cret-1', 'secretKey': 's3cret-2'}}",
                "{'type': 'oauth-client-credentials', 'tokenEndpoint': 'https://t/x', 'clientId':"
                        + " 'c', 'clientSecret': 's3cret-1', 'requestedScopes': 's'}",
                "{'type': 'oauth-password', 'tokenEndpoint': 'https://t/x', 'clientId': 'c',"
                        + " 'clientSecret': 's3cret-1', 'requestedScopes': 's', 'username': 'u',"
                        + " 'password': 's3cret-2'}"
            })
    void nothing_secret_is_in_a_masked_connection_and_all_comes_back(String credentials) {
        Connection connection =
                connection("tcp://u:s3cret%2F3@h:1/p", ", 'credentials': " + credentials + TUNNEL);

        Connection masked = Secrets.masked(connection);
        Findings findings = new Findings();
        Connection restored = Secrets.restored(read(masked), connection, findings);

        assertThat(ConnectionJson.show(masked).toString())
                .doesNotContain("s3cret")
                .contains("tcp://u:***@h:1/p", "\"***\"");
        assertThat(findings.all()).isEmpty();
        assertThat(restored).isEqualTo(connection);
    }

    @Test
    void no_secret_of_a_complete_connection_shows_and_all_come_back() {
        for (String complete : BadInput.COMPLETE) {
            Connection connection = ConnectionJson.read(BadInput.complete(complete));

            Connection masked = Secrets.masked(connection);

            assertThat(ConnectionJson.show(masked).toString())
                    .as(complete)
                    .doesNotContain("oauth-secret", "client-secret", "plain-secret")
                    .doesNotContain("tunnel-secret", "hmac-secret", "c2VjcmV0", "PRIVATE KEY")
                    .doesNotContain("jms-secret", "store-secret", "p%40ss");
            assertThat(Secrets.restored(masked, connection, new Findings())).isEqualTo(connection);
        }
    }

    @Test
    void what_is_masked_is_not_judged_before_the_secret_is_back() {
        Connection masked = Secrets.masked(ConnectionJson.read(BadInput.complete("mqtt")));
        ObjectNode json = ConnectionJson.show(masked).put("failoverEnabled", "perhaps");

        assertThatThrownBy(() -> ConnectionJson.read(json))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown ->
                                assertThat(thrown.problem().description())
                                        .doesNotContain("/credentials"));
    }

    @Test
    void a_new_secret_counts_and_a_masked_one_is_kept() {
        Connection stored = connection("tcp://u:old@h:1", plain("stored"));

        Connection restored =
                Secrets.restored(
                        connection("tcp://u:new@h:1", plain("***")), stored, new Findings());

        assertThat(restored).isEqualTo(connection("tcp://u:new@h:1", plain("stored")));
    }

    @Test
    void a_mask_for_which_nothing_is_stored_is_named() {
        Connection masked = connection("tcp://u:***@h:1", plain("***"));

        assertThat(pointers(masked, null)).containsExactly("/uri", "/credentials/password");
        assertThat(pointers(masked, connection("tcp://u:p@h:1", "")))
                .containsExactly("/credentials/password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tcp://u:***@h:2", "tcp://u:***@g:1", "ssl://u:***@h:1", "tcp://u:***@hh:1"})
    void a_masked_secret_is_not_told_to_another_endpoint(String uri) {
        Connection stored = connection("tcp://u:p@h:1", plain("p"));

        assertThat(pointers(connection(uri, plain("***")), stored))
                .containsExactly("/uri", "/credentials/password");
    }

    @Test
    void nothing_is_masked_where_nothing_is_secret() {
        Connection connection = connection("tcp://u@h:1", plain(""));

        assertThat(Secrets.masked(connection)).isEqualTo(connection);
    }

    private static List<String> pointers(Connection masked, @Nullable Connection stored) {
        Findings findings = new Findings();
        Secrets.restored(masked, stored, findings);
        return findings.all().stream().map(Finding::pointer).toList();
    }

    private static String plain(String password) {
        return ", 'credentials': {'type': 'plain', 'username': 'u', 'password': '"
                + password
                + "'}";
    }

    private static Connection read(Connection shown) {
        return ConnectionJson.read(Json.parse(ConnectionJson.show(shown).toString()));
    }

    private static Connection connection(String uri, String more) {
        String json =
                """
                {'id': 'c', 'connectionType': 'mqtt', 'connectionStatus': 'closed', 'uri': '%s',
                 'sources': [{'addresses': ['a'], 'authorizationContext': ['nginx:x']}] %s}
                """
                        .formatted(uri, more);
        return ConnectionJson.read(Json.parse(json.replace('\'', '"')));
    }
}
