package org.patchbay.connectivity.model.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    private static final byte[] KEY = "key".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MD5:3c:6e:0b:8a:9c:15:22:4a:82:28:b9:a9:8c:a1:53:1d",
                "MD5:3C:6E:0B:8A:9C:15:22:4A:82:28:B9:A9:8C:A1:53:1D",
                "3c:6e:0b:8a:9c:15:22:4a:82:28:b9:a9:8c:a1:53:1d",
                "SHA1:pi8iJb9wv6zLx/HvKjl4NnFzd94",
                "SHA256:LHDhK3oGRvkiefQnx7OOczTY5Tic/xZ6HcMOc/gmtoM",
                "SHA256:LHDhK3oGRvkiefQnx7OOczTY5Tic/xZ6HcMOc/gmtoM=",
                "LHDhK3oGRvkiefQnx7OOczTY5Tic/xZ6HcMOc/gmtoM",
                "LHDhK3oGRvkiefQnx7OOczTY5Tic/xZ6HcMOc/gmtoM="
            })
    void is_read_as_it_is_written_with_or_without_the_algorithm(String text) {
        Fingerprint fingerprint = Fingerprint.read(text).orElseThrow();

        assertThat(fingerprint.matches(KEY)).isTrue();
        assertThat(fingerprint.matches(new byte[] {1})).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA224", "SHA384", "SHA512"})
    void other_algorithms_are_told_by_their_length_too(String algorithm) {
        Fingerprint fingerprint = Fingerprint.of(algorithm, KEY);

        assertThat(Fingerprint.read(fingerprint.toString())).contains(fingerprint);
        assertThat(Fingerprint.read(fingerprint.digest())).contains(fingerprint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MD5:", "MD5: ", "ROT13:abc", "3c:6e", "LHDhK3oG", "no base64!"})
    void other_texts_are_none(String text) {
        assertThat(Fingerprint.read(text)).isEmpty();
    }

    @Test
    void one_that_is_cut_off_matches_nothing() {
        assertThat(Fingerprint.read("SHA256:LHDhK3oG").orElseThrow().matches(KEY)).isFalse();
    }
}
