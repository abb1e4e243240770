package org.patchbay.gateway.authentication.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.gateway.authentication.SettableClock;
import org.patchbay.gateway.authentication.token.Verdict.Forged;
import org.patchbay.gateway.authentication.token.Verdict.Rejected;
import org.patchbay.gateway.authentication.token.Verdict.Valid;
import org.patchbay.protocol.header.Headers;

/** Which tokens are believed, asked of real issuers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {

    private static final String SETTINGS =
            """
            ditto.gateway.authentication.oauth {
              protocol = http
              openid-connect-issuers {
                mine {
                  issuer = "%s"
                  audiences = [patchbay]
                  auth-subjects = [
                    "{{ jwt:sub }}", "{{ jwt:groups }}", "{{ jwt:sub }}@{{ jwt:tenant }}",
                    "{{ jwt:scope | fn:split(' ') | fn:filter('like','things*') }}",
                    "{{ jwt:authz/org }}/{{ jwt:authz/role }}"]
                  inject-claims-into-headers { User-Email = "{{ jwt:email }}", groups = "{{ jwt:groups }}" }
                }
                theirs { issuers = ["nobody.example", "%s"] }
              }
            }
            """;

    private final SettableClock clock = new SettableClock();
    private final long now = clock.instant().getEpochSecond();
    private final RSAKey stranger = TestIssuer.rsa("rsa-1");
    private final RSAKey weak = TestIssuer.rsa("weak", 1024, KeyUse.SIGNATURE);
    private final RSAKey encrypting = TestIssuer.rsa("encrypting", 2048, KeyUse.ENCRYPTION);
    private TestIssuer issuer;
    private TestIssuer theirs;
    private Tokens tokens;

    @BeforeAll
    void start() throws Exception {
        issuer = TestIssuer.start(clock);
        theirs = TestIssuer.start(clock);
        issuer.publishAlso(weak);
        issuer.publishAlso(encrypting);
        tokens =
                new Tokens(
                        TokenSettings.of(
                                ConfigFactory.parseString(
                                                SETTINGS.formatted(
                                                        issuer.address(), theirs.address()))
                                        .withFallback(ConfigFactory.load()),
                                "ditto.gateway.authentication.oauth"),
                        TestDocuments.OVER_HTTP,
                        clock);
    }

    @AfterAll
    void stop() {
        issuer.close();
        theirs.close();
    }

    Stream<Arguments> good() {
        RSAKey rsa = issuer.rsaKey();
        Map<String, Object> claims = issuer.claims(Map.of());
        return Stream.of(
                arguments("RS256", issuer.token()),
                arguments("RS512", TestIssuer.sign(JWSAlgorithm.RS512, rsa, claims)),
                arguments("PS256", TestIssuer.sign(JWSAlgorithm.PS256, rsa, claims)),
                arguments("PS384", TestIssuer.sign(JWSAlgorithm.PS384, rsa, claims)),
                arguments("ES256", ec(JWSAlgorithm.ES256, Curve.P_256)),
                arguments("ES384", ec(JWSAlgorithm.ES384, Curve.P_384)),
                arguments("ES512", ec(JWSAlgorithm.ES512, Curve.P_521)),
                arguments("no key id", sign(new JWSHeader(JWSAlgorithm.RS256), rsa)),
                arguments("no protocol in iss", issuer.token(Map.of("iss", issuer.address()))),
                arguments("slash after iss", issuer.token(Map.of("iss", issuer.url() + "/"))),
                arguments(
                        "several audiences", issuer.token(Map.of("aud", List.of("x", "patchbay")))),
                arguments("just expired", issuer.token(Map.of("exp", now - 9))),
                arguments("a clock ahead of ours", issuer.token(Map.of("iat", now + 10))),
                arguments("almost valid", issuer.token(Map.of("nbf", now + 10))),
                arguments("fractions of seconds", issuer.token(Map.of("exp", now + 0.5))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void a_good_token_is_believed(String name, String token) {
        assertThat(verify(token))
                .isInstanceOfSatisfying(
                        Valid.class,
                        it -> {
                            assertThat(it.subjects()).containsExactly("mine:alice");
                            assertThat(it.headers().isEmpty()).isTrue();
                        });
    }

    @Test
    void it_counts_until_its_end_on_a_clock_that_may_differ() {
        assertThat(until(Map.of("exp", now + 60))).isEqualTo(Instant.ofEpochSecond(now + 70));
        assertThat(until(Map.of("exp", 1e300))).isAfter(Instant.ofEpochSecond(now + 1000));
    }

    private Instant until(Map<String, Object> claims) {
        return ((Valid) verify(issuer.token(claims))).until();
    }

    Stream<Arguments> forged() {
        RSAKey rsa = issuer.rsaKey();
        String[] parts = issuer.token().split("\\.");
        JWSHeader.Builder named = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-1");
        return Stream.of(
                arguments("empty", ""),
                arguments("garbage", "garbage"),
                arguments("dots", ".."),
                arguments("two parts", parts[0] + "." + parts[1]),
                arguments("five parts", String.join(".", parts) + ".a.b"),
                arguments("no signature", parts[0] + "." + parts[1] + "."),
                arguments("alg none", unsigned("none", "")),
                arguments("alg NonE", unsigned("NonE", "")),
                arguments("alg none, signed", unsigned("none", parts[2])),
                arguments("HMAC with the public key", hmac()),
                arguments("claims changed", parts[0] + "." + claims("bob") + "." + parts[2]),
                arguments("claims are no object", parts[0] + ".W10." + parts[2]),
                arguments("claims are no JSON", parts[0] + ".eyI." + parts[2]),
                arguments("too long", issuer.token(Map.of("x", "y".repeat(20_000)))),
                arguments("somebody else's key", sign(named.build(), stranger)),
                arguments(
                        "its own key in it",
                        sign(named.jwk(stranger.toPublicJWK()).build(), stranger)),
                arguments(
                        "its own keys' address",
                        sign(named.jwkURL(URI.create("http://127.0.0.1:1/")).build(), stranger)),
                arguments(
                        "an unknown key",
                        TestIssuer.sign(
                                JWSAlgorithm.RS256,
                                TestIssuer.rsa("new"),
                                issuer.claims(Map.of()))),
                arguments(
                        "a weak key",
                        sign(
                                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("weak").build(),
                                weak)),
                arguments(
                        "a key for encryption",
                        sign(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID("encrypting")
                                        .build(),
                                encrypting)),
                arguments(
                        "EC under the id of RSA",
                        sign(
                                new JWSHeader.Builder(JWSAlgorithm.ES256)
                                        .keyID(rsa.getKeyID())
                                        .build(),
                                issuer.ecKey(Curve.P_256))),
                arguments(
                        "an unknown extension",
                        sign(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID(rsa.getKeyID())
                                        .criticalParams(Set.of("b65"))
                                        .customParam("b65", true)
                                        .build(),
                                rsa)),
                arguments("an unknown issuer", issuer.token(Map.of("iss", "http://other.example"))),
                arguments(
                        "another protocol",
                        issuer.token(Map.of("iss", "https://" + issuer.address()))),
                arguments("a longer issuer", issuer.token(Map.of("iss", issuer.url() + "/x"))),
                arguments("another issuer's name", issuer.token(Map.of("iss", theirs.url()))),
                arguments("no issuer", issuer.token(Map.of("iss", ""))),
                arguments("an issuer that is no text", issuer.token(Map.of("iss", 1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void a_forged_token_is_not(String name, String token) {
        assertThat(verify(token)).isInstanceOf(Forged.class);
    }

    Stream<Arguments> rejected() {
        return Stream.of(
                arguments("expired", Map.of("exp", now - 10)),
                arguments("no end", Map.of("exp", "")),
                arguments("an end that is no time", Map.of("exp", "tomorrow")),
                arguments("not yet valid", Map.of("nbf", now + 11)),
                arguments("a beginning that is no time", Map.of("nbf", "yesterday")),
                arguments("issued in the future", Map.of("iat", now + 11)),
                arguments("another audience", Map.of("aud", "others")),
                arguments("no audience", Map.of("aud", "")),
                arguments("nothing to make subjects of", Map.of("sub", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejected")
    void a_genuine_token_counts_only_when_and_where_it_says(
            String name, Map<String, Object> claims) {
        assertThat(verify(issuer.token(claims))).isInstanceOf(Rejected.class);
    }

    Stream<Arguments> subjects() {
        return Stream.of(
                arguments(Map.of(), List.of("alice")),
                arguments(Map.of("sub", ""), List.of()),
                arguments(
                        Map.of("groups", List.of("staff", "admins", "staff")),
                        List.of("alice", "staff", "admins")),
                arguments(Map.of("groups", List.of()), List.of("alice")),
                arguments(Map.of("tenant", "acme"), List.of("alice", "alice@acme")),
                arguments(Map.of("tenant", 7), List.of("alice", "alice@7")),
                arguments(
                        Map.of("scope", "openid things-read things-write"),
                        List.of("alice", "things-read", "things-write")),
                arguments(
                        Map.of("authz", Map.of("org", "acme", "role", List.of("op", "dev"))),
                        List.of("alice", "acme/op", "acme/dev")),
                arguments(
                        Map.of(
                                "authz",
                                List.of(
                                        Map.of("org", "a", "role", "x"),
                                        Map.of("org", "b", "role", "x"))),
                        List.of("alice", "a/x", "b/x")));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void claims_become_subjects(Map<String, Object> claims, List<String> expected) {
        Verdict verdict = verify(issuer.token(claims));

        assertThat(verdict instanceof Valid valid ? valid.subjects() : List.of())
                .isEqualTo(expected.stream().map(subject -> "mine:" + subject).toList());
    }

    @Test
    void claims_become_headers_where_they_are_there_and_harmless() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("email", "alice@example.com");
        claims.put("groups", List.of("a", "b"));

        assertThat(((Valid) verify(issuer.token(claims))).headers())
                .isEqualTo(headers(Map.of("user-email", "alice@example.com", "groups", "a,b")));

        claims.put("email", "alice\r\nx: y");
        assertThat(((Valid) verify(issuer.token(claims))).headers())
                .isEqualTo(headers(Map.of("groups", "a,b")));
    }

    @Test
    void many_values_in_many_placeholders_do_not_multiply_without_end() {
        List<String> many = Stream.iterate(1, i -> i + 1).limit(500).map(i -> "r" + i).toList();
        Map<String, Object> authz = Map.of("org", many, "role", many);

        Verdict verdict = verify(issuer.token(Map.of("authz", authz)));

        assertThat(((Valid) verdict).subjects()).containsExactly("mine:alice");
    }

    @Test
    void each_issuer_has_its_own_subjects() {
        Verdict verdict = verify(theirs.token(Map.of("aud", "whoever")));

        assertThat(((Valid) verdict).subjects()).containsExactly("theirs:alice");
    }

    private Verdict verify(String text) {
        Tokens.Unverified token = Tokens.read(text);
        return token == null
                ? new Forged("unreadable")
                : tokens.verify(token).toCompletableFuture().join();
    }

    private static Headers headers(Map<String, String> values) {
        return Headers.of(values);
    }

    private String ec(JWSAlgorithm algorithm, Curve curve) {
        ECKey key = issuer.ecKey(curve);
        return TestIssuer.sign(algorithm, key, issuer.claims(Map.of()));
    }

    private String sign(JWSHeader header, JWK key) {
        return TestIssuer.sign(header, key, issuer.claims(Map.of()));
    }

    private String claims(String subject) {
        return new Payload(issuer.claims(Map.of("sub", subject))).toBase64URL().toString();
    }

    private String unsigned(String algorithm, String signature) {
        String header =
                Base64URL.encode("{\"alg\":\"%s\",\"kid\":\"rsa-1\"}".formatted(algorithm))
                        .toString();
        return header + "." + claims("alice") + "." + signature;
    }

    /** What a checker would believe that takes the public key for a shared secret. */
    private String hmac() {
        try {
            JWSObject jws =
                    new JWSObject(
                            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(),
                            new Payload(issuer.claims(Map.of())));
            jws.sign(new MACSigner(issuer.rsaKey().toRSAPublicKey().getEncoded()));
            return jws.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
