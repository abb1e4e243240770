package org.patchbay.connectivity.model.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.ProblemException;

class PemTest {

    private static final String CERTIFICATE =
            """
            -----BEGIN CERTIFICATE-----
            MIIBdjCCARugAwIBAgIUVeR9Vh2qKt+9oHqprGMPPNo4JKswCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjEwNjUyNThaGA8yMTI2MTAyODA2NTI1
            OFowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL7c
            kz7K4Rzn6p5AotLkllcEWFsmR6ZRZCzH/nzKBcn6OKXN3ywtySxV6YqrPtfDw6cr
            M6fjf2nc6wCQmmuS7xijUzBRMB0GA1UdDgQWBBS7vGUip7aKCTi9LQV5Ol5QYhx/
            NzAfBgNVHSMEGDAWgBS7vGUip7aKCTi9LQV5Ol5QYhx/NzAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0kAMEYCIQDvpjGn2DO+DP4Wx5Y6mIl7galXT2Yjx0rB
            AzCvnzWlaQIhAMUCvo2CtPjaG/vBqN1iTzlv30JHxwmuHueYIFwzzyDO
            -----END CERTIFICATE-----
            """;

    private static final String KEY =
            """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8n2QO8BqtSl51SBu
            zurdlRwHGhkcnBnwi5bnVm/7XpihRANCAAS+3JM+yuEc5+qeQKLS5JZXBFhbJkem
            UWQsx/58ygXJ+jilzd8sLcksVemKqz7Xw8OnKzOn439p3OsAkJprku8Y
            -----END PRIVATE KEY-----
            """;

    private static final String PUBLIC_KEY =
            """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEvtyTPsrhHOfqnkCi0uSWVwRYWyZH
            plFkLMf+fMoFyfo4pc3fLC3JLFXpiqs+18PDpyszp+N/adzrAJCaa5LvGA==
            -----END PUBLIC KEY-----
            """;

    @Test
    void certificates_one_after_the_other_are_read() {
        assertThat(Pem.certificates(CERTIFICATE + CERTIFICATE))
                .hasSize(2)
                .allSatisfy(certificate ->
                        assertThat(certificate.getSubjectX500Principal().getName())
                                .isEqualTo("CN=test"));
    }

    @Test
    void a_key_pair_is_read() {
        assertThat(Pem.privateKey(new Secret(KEY)).getAlgorithm()).isEqualTo("EC");
        assertThat(Pem.publicKey(PUBLIC_KEY).getAlgorithm()).isEqualTo("EC");
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
}
