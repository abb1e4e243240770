package org.patchbay.connectivity.model.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.ProblemException;

class PemTest {

    @Test
    void certificates_one_after_the_other_are_read() {
        assertThat(Pem.certificates(SampleKeys.CERTIFICATE + SampleKeys.CERTIFICATE))
                .hasSize(2)
                .allSatisfy(certificate ->
                        assertThat(certificate.getSubjectX500Principal().getName())
                                .isEqualTo("CN=test"));
    }

    @Test
    void a_key_pair_is_read() {
        assertThat(Pem.privateKey(new Secret(SampleKeys.KEY)).getAlgorithm()).isEqualTo("EC");
        assertThat(Pem.publicKey(SampleKeys.PUBLIC_KEY).getAlgorithm()).isEqualTo("EC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----",
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0\n-----END EC PRIVATE KEY-----"
            })
    void what_is_neither_is_refused_and_not_repeated(String text) {
        assertThatThrownBy(() -> Pem.certificates(text))
                .isInstanceOf(ProblemException.class)
                .hasNoCause();
        assertThatThrownBy(() -> Pem.privateKey(new Secret(text)))
                .isInstanceOf(ProblemException.class)
                .hasNoCause()
                .message()
                .doesNotContain("c2VjcmV0");
    }

    @ParameterizedTest
    @CsvSource({"RSA", "EC", "Ed25519"})
    void a_pair_is_told_from_keys_that_do_not_match(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        KeyPair one = generator.generateKeyPair();
        KeyPair other = generator.generateKeyPair();

        assertThat(Pem.belongTogether(one.getPublic(), one.getPrivate())).isTrue();
        assertThat(Pem.belongTogether(one.getPublic(), other.getPrivate())).isFalse();
    }

    @Test
    void keys_of_different_algorithms_are_no_pair() throws Exception {
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();

        assertThat(Pem.belongTogether(rsa.getPublic(), Pem.privateKey(new Secret(SampleKeys.KEY))))
                .isFalse();
    }
}
