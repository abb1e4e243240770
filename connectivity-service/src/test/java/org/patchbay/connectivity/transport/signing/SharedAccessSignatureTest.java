package org.patchbay.connectivity.transport.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.json.Json;

class SharedAccessSignatureTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    /** The expected values were computed by Python's hmac module. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    hub.azure-devices.net                        | service  |      | \
                    SharedAccessSignature sr=hub.azure-devices.net\
                    &sig=UF0nuFQR8HzZ6Erjsz1U0IHavzk5CfQ7%2FfQ5CdzyXTM%3D&se=1700604800&skn=service
                    https://ns.servicebus.windows.net/a queue    | Root Key | 10m  | \
                    SharedAccessSignature sr=https%3A%2F%2Fns.servicebus.windows.net%2Fa%20queue\
                    &sig=Kc7hUBVgTAM2nq4vu2DF1dFUJNjnodqMpYxKYvPy4iI%3D&se=1700000600&skn=Root%20Key
                    """)
    void signs_a_resource_until_a_time(String endpoint, String name, String ttl, String expected) {
        ObjectNode parameters = parameters(endpoint, name);
        if (ttl != null) {
            parameters.put("ttl", ttl);
        }

        var token = SharedAccessSignature.of(parameters).token(NOW);

        assertThat(token.text()).isEqualTo(expected);
        assertThat(expected).contains("&se=" + token.expires().getEpochSecond() + "&");
    }

    @ParameterizedTest
    @CsvSource({"sharedKey, no base64!", "sharedKey, ''", "sharedKeyName, ''", "ttl, soon"})
    void names_what_it_can_not_use_without_quoting_it(String parameter, String value) {
        ObjectNode parameters = parameters("hub", "service").put(parameter, value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedAccessSignature.of(parameters))
                .withMessageContaining("'" + parameter + "'")
                .satisfies(thrown -> {
                    if (!value.isEmpty()) {
                        assertThat(thrown.getMessage()).doesNotContain(value);
                    }
                });
    }

    @Test
    void shows_no_token_by_accident() {
        var token = SharedAccessSignature.of(parameters("hub", "service")).token(NOW);

        assertThat(token.toString()).doesNotContain("sig=");
    }

    private static ObjectNode parameters(String endpoint, String name) {
        return ((ObjectNode) Json.parse("{\"sharedKey\": \"dGhlS2V5\"}"))
                .put("sharedKeyName", name)
                .put("endpoint", endpoint);
    }
}
