package org.patchbay.connectivity.model.validation.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEndpointTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://tokens.example/path, tokens.example",
                "http://tokens.example:8080, tokens.example",
                "HTTPS://tokens.example/path, tokens.example",
                "https://token_server:8443/path, token_server",
                "https://user@token_server/path, token_server",
                "https://[::1]:8443/path, ::1",
                "ftp://tokens.example/path, -",
                "https:///path, -",
                "https://:443/path, -",
                "https://tokens.example:x/path, -",
                "tokens.example, -",
                "https://tokens example/path, -",
            })
    void names_a_host_or_is_none(String text, String host) {
        assertThat(TokenEndpoint.host(text)).isEqualTo(host);
    }
}
