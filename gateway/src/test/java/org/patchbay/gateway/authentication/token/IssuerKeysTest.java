package org.patchbay.gateway.authentication.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.gateway.authentication.SettableClock;
import org.patchbay.gateway.authentication.token.Verdict.Forged;
import org.patchbay.gateway.authentication.token.Verdict.Unknown;
import org.patchbay.gateway.authentication.token.Verdict.Valid;

/** How keys of an issuer are fetched, kept and renewed. */
class IssuerKeysTest {

    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration OUTAGE = Duration.ofHours(1);

    private final SettableClock clock = new SettableClock();
    private TestIssuer issuer;
    private Tokens tokens;

    @BeforeEach
    void start() throws Exception {
        issuer = TestIssuer.start(clock);
        tokens = tokens(TestDocuments.OVER_HTTP);
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void keys_are_fetched_when_first_wanted_and_then_kept() {
        assertThat(issuer.fetches()).isZero();

        for (int i = 0; i < 5; i++) {
            assertThat(verify(issuer.token())).isInstanceOf(Valid.class);
        }

        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void tokens_that_come_together_cause_one_fetch() {
        CompletableFuture<Void> later = new CompletableFuture<>();
        tokens = tokens(address -> later.thenCompose(_ -> TestDocuments.OVER_HTTP.fetch(address)));
        var verdicts = new CopyOnWriteArrayList<CompletableFuture<Verdict>>();
        for (int i = 0; i < 20; i++) {
            verdicts.add(verifyLater(issuer.token()));
        }

        later.complete(null);

        assertThat(verdicts).allSatisfy(one -> assertThat(one.join()).isInstanceOf(Valid.class));
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void a_new_key_is_found_at_once() {
        verify(issuer.token());

        issuer.rotate();

        assertThat(verify(issuer.token())).isInstanceOf(Valid.class);
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    @Test
    void unknown_keys_do_not_make_us_hammer_the_issuer() {
        verify(issuer.token());

        for (int i = 0; i < 50; i++) {
            assertThat(verify(ofUnknownKey("junk-" + i))).isInstanceOf(Forged.class);
        }
        assertThat(issuer.fetches()).isEqualTo(2);

        clock.advance(INTERVAL);
        verify(ofUnknownKey("junk-again"));
        verify(ofUnknownKey("and-again"));
        assertThat(issuer.fetches()).isEqualTo(3);
    }

    @Test
    void a_rotation_in_the_midst_of_junk_is_noticed_after_the_interval() {
        verify(issuer.token());
        verify(ofUnknownKey("junk"));
        issuer.rotate();
        assertThat(verify(issuer.token())).isInstanceOf(Forged.class);

        clock.advance(INTERVAL);

        assertThat(verify(issuer.token())).isInstanceOf(Valid.class);
    }

    @Test
    void a_withdrawn_key_counts_no_longer_than_keys_live() {
        verify(issuer.token());
        String ofWithdrawnKey = issuer.token(Map.of("exp", Long.MAX_VALUE));
        issuer.rotate();
        assertThat(verify(ofWithdrawnKey)).isInstanceOf(Valid.class);

        clock.advance(LIFETIME);

        assertThat(verify(ofWithdrawnKey)).isInstanceOf(Forged.class);
    }

    @Test
    void during_an_outage_old_keys_count_for_a_while() {
        verify(issuer.token());
        issuer.breakDown(true);

        clock.advance(OUTAGE.minusSeconds(1));
        assertThat(verify(issuer.token())).isInstanceOf(Valid.class);

        clock.advance(Duration.ofSeconds(1));
        assertThat(verify(issuer.token())).isEqualTo(new Unknown(issuer.url()));
    }

    @Test
    void an_issuer_that_is_down_is_not_asked_for_every_token() {
        issuer.breakDown(true);
        var asked = new CopyOnWriteArrayList<String>();
        tokens =
                tokens(address -> {
                    asked.add(address.toString());
                    return TestDocuments.OVER_HTTP.fetch(address);
                });

        for (int i = 0; i < 20; i++) {
            assertThat(verify(issuer.token())).isInstanceOf(Unknown.class);
        }
        assertThat(asked).hasSize(1);

        issuer.breakDown(false);
        clock.advance(INTERVAL);
        assertThat(verify(issuer.token())).isInstanceOf(Valid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "{}",
                "{'issuer': 'http://other.example', 'jwks_uri': 'URL/keys'}",
                "{'issuer': 'URL'}",
                "{'issuer': 'URL', 'jwks_uri': ''}",
                "{'issuer': 'URL', 'jwks_uri': '/keys'}",
                "{'issuer': 'URL', 'jwks_uri': 'file:///etc/passwd'}",
                "{'issuer': 'URL', 'jwks_uri': ':'}",
                "{'issuer': 'URL', 'jwks_uri': 'URL/.well-known/openid-configuration'}"
            })
    void an_issuer_that_describes_itself_wrongly_has_no_keys(String description) {
        issuer.describe(description.replace('\'', '"').replace("URL", issuer.url()));

        assertThat(verify(issuer.token())).isInstanceOf(Unknown.class);
    }

    @Test
    void keys_of_an_issuer_with_https_do_not_come_without() {
        var asked = new CopyOnWriteArrayList<String>();
        Documents documents =
                address -> {
                    asked.add(address.toString());
                    String description =
                            "{\"issuer\": \"https://%s\", \"jwks_uri\": \"http://%s/keys\"}"
                                    .formatted(issuer.address(), issuer.address());
                    return CompletableFuture.completedFuture(description.getBytes());
                };

        Verdict verdict =
                tokens("https://" + issuer.address(), documents)
                        .verify(
                                Tokens.read(
                                        issuer.token(Map.of("iss", "https://" + issuer.address()))))
                        .toCompletableFuture()
                        .join();

        assertThat(verdict).isInstanceOf(Unknown.class);
        assertThat(asked)
                .containsExactly(
                        "https://" + issuer.address() + "/.well-known/openid-configuration");
    }

    private Tokens tokens(Documents documents) {
        return tokens(issuer.url(), documents);
    }

    private Tokens tokens(String address, Documents documents) {
        String settings =
                "ditto.gateway.authentication.oauth.openid-connect-issuers.mine.issuer = \"%s\""
                        .formatted(address);
        return new Tokens(
                TokenSettings.of(
                        ConfigFactory.parseString(settings).withFallback(ConfigFactory.load()),
                        "ditto.gateway.authentication.oauth"),
                documents,
                clock);
    }

    private String ofUnknownKey(String id) {
        return TestIssuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build(),
                issuer.rsaKey(),
                issuer.claims(Map.of()));
    }

    private Verdict verify(String token) {
        return verifyLater(token).join();
    }

    private CompletableFuture<Verdict> verifyLater(String token) {
        return Stream.ofNullable(Tokens.read(token))
                .map(tokens::verify)
                .map(CompletionStage::toCompletableFuture)
                .findFirst()
                .orElseThrow();
    }
}
