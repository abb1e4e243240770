package org.patchbay.connectivity.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkContract.failureOf;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.http.HttpConnections.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.HttpEndpoint;
import org.patchbay.connectivity.broker.HttpEndpoint.Answer;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.broker.tls.TlsFront;
import org.patchbay.connectivity.broker.tls.TlsIdentities;
import org.patchbay.connectivity.broker.tls.TlsSetup;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.json.Json;

/** How requests show whose they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpAuthenticationIT {

    private static final String OAUTH = "ditto.connectivity.connection.http-push.oauth2.";
    private static final String PLAIN_TOKENS = OAUTH + "enforce-https = false";

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "http");
    private final HttpEndpoint endpoint = HttpEndpoint.started();
    private final List<LinkUnderTest> links = new ArrayList<>();

    /** What the endpoint lets in. */
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    private final AtomicInteger issued = new AtomicInteger();
    private HttpEndpoint issuer;

    @BeforeEach
    void startIssuer() {
        issuer = HttpEndpoint.started();
        issuer.answer("/token", _ -> issue(3600));
        endpoint.answer(
                "/guarded",
                request ->
                        tokens.contains(request.header("authorization"))
                                ? Answer.of(200)
                                : Answer.of(401));
    }

    private Answer issue(int seconds) {
        String token = "token-" + issued.incrementAndGet();
        tokens.add("Bearer " + token);
        return Answer.of(
                200,
                "application/json",
                "{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"expires_in\":%d}"
                        .formatted(token, seconds));
    }

    @AfterEach
    void leave() {
        links.forEach(LinkUnderTest::close);
        links.clear();
        tokens.clear();
        issuer.close();
    }

    @AfterAll
    void stopEverything() {
        system.terminate();
        endpoint.close();
    }

    @Test
    void a_user_in_the_uri_or_in_plain_credentials_is_shown() {
        String expected =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (TestBroker.USER + ":" + TestBroker.PASSWORD)
                                                .getBytes(StandardCharsets.UTF_8));
        var plain = new Credentials.Plain(TestBroker.USER, new Secret(TestBroker.PASSWORD));

        publish(link(endpoint.uri(TestBroker.USER, TestBroker.PASSWORD), null, ""), "POST:/basic");
        publish(link(endpoint.uri("somebody", "else"), plain, ""), "POST:/basic");

        assertThat(endpoint.heard("/basic"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.header("authorization")).isEqualTo(expected));
    }

    @Test
    void requests_are_signed() {
        ObjectNode parameters =
                (ObjectNode)
                        Json.parse(
                                """
                                {"region": "eu-central-1", "service": "sns", "accessKey": "AKID",
                                 "secretKey": "hush"}\
                                """);
        var hmac = new Credentials.Hmac("aws4-hmac-sha256", parameters);

        publish(link(endpoint.uri(), hmac, ""), "GET:/signed?b=1&a=2");

        var heard = endpoint.heard("/signed").getFirst();
        assertThat(heard.header("authorization"))
                .matches(
                        "AWS4-HMAC-SHA256 Credential=AKID/\\d{8}/eu-central-1/sns/aws4_request,"
                                + " SignedHeaders=host;x-amz-date, Signature=[0-9a-f]{64}");
        assertThat(heard.header("x-amz-date")).matches("\\d{8}T\\d{6}Z");
    }

    @Test
    void a_content_type_that_is_signed_is_sent() {
        ObjectNode parameters =
                (ObjectNode)
                        Json.parse(
                                """
                                {"region": "eu-central-1", "service": "sns", "accessKey": "AKID",
                                 "secretKey": "hush", "canonicalHeaders": ["content-type"]}\
                                """);
        LinkUnderTest link =
                link(endpoint.uri(), new Credentials.Hmac("aws4-hmac-sha256", parameters), "");

        done(
                link.client()
                        .publish(
                                message(
                                        "POST:/signed-nothing",
                                        Map.of("content-type", "text/plain"),
                                        "")));

        var heard = endpoint.heard("/signed-nothing").getFirst();
        assertThat(heard.header("authorization"))
                .contains("SignedHeaders=content-type;host;x-amz-date,");
        assertThat(heard.header("content-type")).isEqualTo("text/plain");
    }

    @Test
    void an_algorithm_of_others_signs_too() {
        var hmac = new Credentials.Hmac("own", (ObjectNode) Json.parse("{\"word\": \"open\"}"));

        publish(
                link(
                        endpoint.uri(),
                        hmac,
                        "ditto.connectivity.connection.http-push.hmac-algorithms.own = \""
                                + OwnSigning.class.getName()
                                + "\""),
                "POST:/own");

        assertThat(endpoint.heard("/own").getFirst().header("x-own")).isEqualTo("open POST /own");
    }

    /** What somebody else may bring along. */
    public static final class OwnSigning
            implements org.patchbay.connectivity.transport.http.signing.RequestSigning {
        @Override
        public Signer signer(com.fasterxml.jackson.databind.JsonNode parameters) {
            String word = parameters.path("word").asText();
            return (request, _) ->
                    Map.of("X-Own", word + " " + request.method() + " " + request.path());
        }
    }

    @Test
    void an_algorithm_that_nobody_knows_is_the_users_fault() {
        var hmac = new Credentials.Hmac("unknown", (ObjectNode) Json.parse("{}"));

        Failure failure = failure(hmac, "");

        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
        assertThat(failure.description()).contains("unknown", "az-sasl");
    }

    @Test
    void one_token_serves_many_requests() {
        LinkUnderTest link = link(endpoint.uri(), clientCredentials("/token"), PLAIN_TOKENS);
        List<CompletionStage<PublishResult>> results = new ArrayList<>();

        for (int i = 0; i < 10; i++) {
            results.add(link.client().publish(message("POST:/guarded")));
        }

        results.forEach(result -> assertThat(done(result).status()).isEqualTo(200));
        assertThat(issuer.heard("/token"))
                .singleElement()
                .satisfies(asked -> {
                    assertThat(asked.header("content-type"))
                            .isEqualTo("application/x-www-form-urlencoded");
                    assertThat(asked.body())
                            .isEqualTo(
                                    "grant_type=client_credentials&client_id=me&client_secret=h%26m"
                                            + "&scope=a+b&audience=them");
                });
    }

    @Test
    void a_token_that_is_about_to_expire_is_replaced() {
        issuer.answer("/short", _ -> issue(59));
        LinkUnderTest link = link(endpoint.uri(), clientCredentials("/short"), PLAIN_TOKENS);

        publish(link, "POST:/guarded");
        publish(link, "POST:/guarded");

        assertThat(issuer.heard("/short")).hasSize(2);
    }

    @Test
    void a_token_that_was_revoked_is_replaced_at_once() {
        LinkUnderTest link = link(endpoint.uri(), clientCredentials("/token"), PLAIN_TOKENS);
        publish(link, "POST:/guarded");
        tokens.clear();

        PublishResult result = publish(link, "POST:/guarded");

        assertThat(result.status()).isEqualTo(200);
        assertThat(issuer.heard("/token")).hasSize(2);
    }

    @Test
    void the_password_flow_names_the_user() {
        var password =
                new Credentials.OAuthPassword(
                        issuer.uri() + "/token",
                        "me",
                        null,
                        "a",
                        null,
                        "user",
                        new Secret("pass word"));

        PublishResult result =
                publish(link(endpoint.uri(), password, PLAIN_TOKENS), "POST:/guarded");

        assertThat(result.status()).isEqualTo(200);
        assertThat(issuer.heard("/token").getFirst().body())
                .isEqualTo(
                        "grant_type=password&client_id=me&username=user&password=pass+word"
                                + "&scope=a");
    }

    @Test
    void whom_the_token_endpoint_refuses_is_not_let_in() {
        issuer.answer(
                "/refusing",
                _ -> Answer.of(401, "application/json", "{\"error\":\"invalid_client\"}"));
        LinkUnderTest link = link(endpoint.uri(), clientCredentials("/refusing"), PLAIN_TOKENS);

        PublishResult result = publish(link, "POST:/guarded");

        assertThat(result.status()).isEqualTo(401);
        assertThat(result.again()).isFalse();
        assertThat(result.value()).asString().contains("invalid_client");
        assertThat(link.impairments()).isNotEmpty();

        issuer.answer("/refusing", _ -> issue(3600));

        assertThat(publish(link, "POST:/guarded").status()).isEqualTo(200);
        assertThat(link.impairments()).isEmpty();
    }

    @Test
    void whom_nobody_answers_is_not_let_in_for_that() {
        try (HttpEndpoint strict = HttpEndpoint.started()) {
            LinkUnderTest link = link(strict.uri(TestBroker.USER, "new"), null, "");
            publish(link, "POST:/x");
            assertThat(link.impairments()).hasSize(1);

            strict.stop();
            assertThat(publish(link, "POST:/x").status()).isEqualTo(503);
            assertThat(link.impairments()).hasSize(1);

            strict.changePassword("new");
            strict.start();
            assertThat(publish(link, "POST:/x").status()).isEqualTo(200);
            assertThat(link.impairments()).isEmpty();
        }
    }

    @Test
    void what_the_endpoint_took_is_not_sent_again_for_want_of_a_token() {
        endpoint.answer(
                "/taken",
                _ -> {
                    issuer.answer("/token", _ -> Answer.of(503));
                    return Answer.redirect(303, "/outcome");
                });
        LinkUnderTest link =
                link(
                        endpoint.uri(),
                        clientCredentials("/token"),
                        PLAIN_TOKENS + "\n" + OAUTH + "token-cache.maximum-size = 0");

        PublishResult result = publish(link, "POST:/taken");

        assertThat(result.status()).isEqualTo(503);
        assertThat(result.again()).isFalse();
        assertThat(result.value()).asString().contains("took the message", "token endpoint");
    }

    @Test
    void a_token_endpoint_that_is_away_is_waited_for() {
        issuer.stop();
        LinkUnderTest link = link(endpoint.uri(), clientCredentials("/token"), PLAIN_TOKENS);

        PublishResult without = publish(link, "POST:/guarded");
        issuer.start();
        PublishResult with = publish(link, "POST:/guarded");

        assertThat(without.status()).isEqualTo(503);
        assertThat(without.again()).isTrue();
        assertThat(with.status()).isEqualTo(200);
    }

    @Test
    void tokens_come_from_secure_endpoints_only_unless_allowed() {
        Failure failure = failure(clientCredentials("/token"), "");

        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
        assertThat(failure.description()).contains("CONNECTIVITY_HTTP_OAUTH2_ENFORCE_HTTPS");
    }

    @Test
    void a_secure_token_endpoint_may_be_of_the_authority_in_ca() {
        TlsIdentities who = TlsIdentities.made();
        try (TlsFront front = TlsFront.before(issuer.port(), TlsSetup.showing(who.server()))) {
            var credentials =
                    new Credentials.OAuthClientCredentials(
                            "https://127.0.0.1:" + front.port() + "/token",
                            "me",
                            new Secret("h&m"),
                            "a b",
                            null);
            LinkUnderTest link =
                    linked(
                            HttpConnections.connection(
                                    endpoint.uri(), who.authority().certificatePem(), credentials),
                            "");

            assertThat(publish(link, "POST:/guarded").status()).isEqualTo(200);
        }
    }

    private Credentials clientCredentials(String path) {
        return new Credentials.OAuthClientCredentials(
                issuer.uri() + path, "me", new Secret("h&m"), "a b", "them");
    }

    private Failure failure(Credentials credentials, String settings) {
        LinkUnderTest link =
                LinkUnderTest.of(
                        system,
                        HttpConnections.transport(settings),
                        HttpConnections.connection(endpoint.uri(), null, credentials));
        return failureOf(() -> done(link.client().connect()));
    }

    private LinkUnderTest link(String uri, Credentials credentials, String settings) {
        return linked(HttpConnections.connection(uri, null, credentials), settings);
    }

    private LinkUnderTest linked(
            org.patchbay.connectivity.model.Connection connection, String settings) {
        LinkUnderTest link =
                LinkUnderTest.connected(system, HttpConnections.transport(settings), connection);
        links.add(link);
        return link;
    }

    private static PublishResult publish(LinkUnderTest link, String address) {
        return done(link.client().publish(message(address)));
    }
}
