package org.patchbay.connectivity.model.validation.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.BadInput;
import org.patchbay.connectivity.model.Samples;
import org.patchbay.connectivity.model.credentials.SampleKeys;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.validation.ConnectionLimits;
import org.patchbay.connectivity.model.validation.ConnectionValidation;

class CredentialsChecksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            textBlock =
                    """
                    mqtt      ¦ /credentials/cert ¦ null      ¦ /credentials/cert
                    mqtt      ¦ /credentials/key  ¦ null      ¦ /credentials/key
                    mqtt      ¦ /credentials/cert ¦ "garbage" ¦ /credentials/cert
                    mqtt      ¦ /credentials/key  ¦ "garbage" ¦ /credentials/key
                    mqtt      ¦ /ca               ¦ "garbage" ¦ /ca
                    http-push ¦ /credentials/algorithm ¦ "rot13" ¦ /credentials/algorithm
                    http-push ¦ /credentials/parameters/region ¦ null ¦ /credentials/parameters/region
                    http-push ¦ /credentials/parameters/secretKey ¦ " " ¦ /credentials/parameters/secretKey
                    http-push ¦ /credentials/parameters/doubleEncode ¦ "no" ¦ /credentials/parameters/doubleEncode
                    http-push ¦ /credentials/parameters/canonicalHeaders ¦ "host" ¦ /credentials/parameters/canonicalHeaders
                    http-push ¦ /credentials/parameters/xAmzContentSha256 ¦ "YES" ¦ /credentials/parameters/xAmzContentSha256
                    http-push-azure-monitor ¦ /credentials/parameters/workspaceId ¦ null ¦ /credentials/parameters/workspaceId
                    http-push-azure-monitor ¦ /credentials/parameters/sharedKey ¦ "no base64!" ¦ /credentials/parameters/sharedKey
                    amqp-10   ¦ /credentials/parameters/sharedKeyName ¦ null ¦ /credentials/parameters/sharedKeyName
                    amqp-10   ¦ /credentials/parameters/endpoint ¦ null ¦ /credentials/parameters/endpoint
                    amqp-10   ¦ /credentials/parameters/ttl ¦ "a week" ¦ /credentials/parameters/ttl
                    http-push-oauth-password ¦ /credentials/tokenEndpoint ¦ "x" ¦ /credentials/tokenEndpoint
                    http-push-oauth-client-credentials ¦ /credentials/tokenEndpoint ¦ "ftp://h/x" ¦ /credentials/tokenEndpoint
                    mqtt      ¦ /sshTunnel/uri ¦ "tcp://h:22" ¦ /sshTunnel/uri
                    mqtt      ¦ /sshTunnel/knownHosts ¦ [] ¦ /sshTunnel/knownHosts
                    mqtt      ¦ /sshTunnel/knownHosts ¦ ["MD5:a", "ROT13:x"] ¦ /sshTunnel/knownHosts/1
                    mqtt      ¦ /sshTunnel/knownHosts ¦ ["e0:3a:34:1c"] ¦ /sshTunnel/knownHosts/0
                    mqtt      ¦ /sshTunnel/credentials ¦ {"type": "hmac", "algorithm": "az-sasl"} ¦ /sshTunnel/credentials/type
                    mqtt-5    ¦ /sshTunnel/credentials/publicKey ¦ "garbage" ¦ /sshTunnel/credentials/publicKey
                    mqtt-5    ¦ /sshTunnel/credentials/privateKey ¦ "garbage" ¦ /sshTunnel/credentials/privateKey
                    """)
    void what_is_wrong_with_credentials_is_named_by_its_place(
            String complete, String pointer, String value, String at) {
        ObjectNode json = Samples.with(BadInput.complete(complete), pointer, value);

        assertThat(check(json)).extracting(Finding::pointer).containsExactly(at);
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt, http-push, /credentials/algorithm",
        "kafka, http-push-azure-monitor, /credentials/algorithm",
        "kafka, amqp-10, /credentials/algorithm",
        "amqp-10, http-push, /credentials/algorithm",
        "kafka, http-push-oauth-password, /credentials/type",
        "mqtt-5, http-push-oauth-client-credentials, /credentials/type",
    })
    void credentials_that_a_type_has_no_use_for_are_refused(
            String complete, String from, String at) {
        ObjectNode json = BadInput.complete(complete);
        json.set("credentials", BadInput.complete(from).get("credentials"));

        assertThat(check(json)).extracting(Finding::pointer).containsExactly(at);
    }

    @Test
    void a_key_pair_is_for_tunnels() {
        ObjectNode json = BadInput.complete("mqtt-5");
        json.set("credentials", json.at("/sshTunnel/credentials"));

        assertThat(check(json)).extracting(Finding::pointer).containsExactly("/credentials/type");
    }

    @Test
    void keys_that_do_not_belong_together_are_told() throws Exception {
        ObjectNode client = BadInput.complete("mqtt");
        ((ObjectNode) client.get("credentials")).put("key", otherKey());
        ObjectNode tunnel = BadInput.complete("mqtt-5");
        ((ObjectNode) tunnel.at("/sshTunnel/credentials")).put("privateKey", otherKey());

        assertThat(check(client)).extracting(Finding::pointer).containsExactly("/credentials/key");
        assertThat(check(tunnel))
                .extracting(Finding::pointer)
                .containsExactly("/sshTunnel/credentials/publicKey");
    }

    @Test
    void the_client_s_certificate_comes_first_in_its_chain() {
        ObjectNode json = BadInput.complete("mqtt");
        ((ObjectNode) json.get("credentials"))
                .put("cert", SampleKeys.CERTIFICATE + SampleKeys.CERTIFICATE);

        assertThat(check(json)).isEmpty();
    }

    @Test
    void no_finding_repeats_a_secret() {
        BadInput.COMPLETE.forEach(complete -> {
            ObjectNode json = BadInput.complete(complete);
            json.put("connectionType", "amqp-091").put("uri", "amqp://u:uri-secret@h:1");

            assertThat(check(json).toString())
                    .doesNotContain("-secret", "c2VjcmV0", "PRIVATE KEY-");
        });
    }

    private static String otherKey() throws Exception {
        byte[] der = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static List<Finding> check(ObjectNode json) {
        return ConnectionValidation.findings(ConnectionJson.read(json), ConnectionLimits.DEFAULTS)
                .all();
    }
}
