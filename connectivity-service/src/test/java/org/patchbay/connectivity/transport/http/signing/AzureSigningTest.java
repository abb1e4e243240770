package org.patchbay.connectivity.transport.http.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

class AzureSigningTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private static final UnsignedRequest REQUEST =
            new UnsignedRequest(
                    "POST",
                    "id.ods.opinsights.azure.com",
                    "/api/logs",
                    "api-version=2016-04-01",
                    Headers.EMPTY.with("Content-Type", "application/json"),
                    "{\"a\":1}".getBytes(StandardCharsets.UTF_8));

    /** The expected value was computed by Python's hmac module. */
    @Test
    void signs_for_the_data_collector() {
        var signer =
                new AzMonitorSigning()
                        .signer(
                                Json.parse(
                                        "{\"workspaceId\": \"id\", \"sharedKey\": \"dGhlS2V5\"}"));

        assertThat(signer.sign(REQUEST, NOW))
                .isEqualTo(
                        Map.of(
                                "x-ms-date",
                                "Tue, 14 Nov 2023 22:13:20 GMT",
                                "Authorization",
                                "SharedKey id:LY6lvyJi4EncOnnpHN4D+QzicRXaaNuae8gtBXYpBBw="));
    }

    @Test
    void shows_a_shared_access_signature() {
        var signer =
                new AzSaslSigning()
                        .signer(
                                Json.parse(
                                        """
                                        {"sharedKeyName": "service", "sharedKey": "dGhlS2V5",
                                         "endpoint": "hub.azure-devices.net"}\
                                        """));

        assertThat(signer.sign(REQUEST, NOW).get("Authorization"))
                .startsWith("SharedAccessSignature sr=hub.azure-devices.net&sig=")
                .endsWith("&se=1700604800&skn=service");
    }
}
