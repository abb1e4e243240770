package org.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.gateway.GatewayFixture.Answer;
import org.patchbay.gateway.authentication.token.TestIssuer;

/** Who comes in over HTTP, with tokens of real issuers. */
class AccessIT {

    private static final String SETTINGS =
            """
            ditto.gateway.authentication {
              oauth {
                protocol = http
                openid-connect-issuers {
                  users {
                    issuer = "%1$s"
                    auth-subjects = ["{{ jwt:sub }}", "{{ jwt:groups }}"]
                    inject-claims-into-headers { user-email = "{{ jwt:email }}" }
                  }
                  both.issuer = "%2$s"
                }
              }
              devops {
                devops-authentication-method = oauth2
                devops-oauth2-subjects = "operators:alice"
                status-authentication-method = oauth2
                status-oauth2-subjects = "operators:viewer"
                oauth { protocol = http, openid-connect-issuers.operators.issuer = "%2$s" }
              }
            }
            patchbay.gateway.trusted-proxies = "127.0.0.0/8"
            """;

    private static TestIssuer users;
    private static TestIssuer operators;
    private static GatewayFixture gateway;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        users = TestIssuer.start(InstantSource.system());
        operators = TestIssuer.start(InstantSource.system());
        gateway =
                GatewayFixture.start(
                        data, SETTINGS.formatted(users.address(), operators.address()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        users.close();
        operators.close();
    }

    @Test
    void a_token_brings_its_subjects() throws Exception {
        Answer answer =
                with(users.token(Map.of("groups", List.of("staff", "night"))), "/api/2/whoami");

        answer.has(200);
        assertThat(answer.json().get("defaultSubject").textValue()).isEqualTo("users:alice");
        assertThat(StreamSupport.stream(answer.json().get("subjects").spliterator(), false))
                .extracting(subject -> subject.textValue())
                .containsExactly("users:alice", "users:staff", "users:night");
    }

    @Test
    void users_may_come_by_password_as_well() throws Exception {
        gateway.ditto("GET", "/api/2/whoami", "").has(200);
    }

    @Test
    void a_claim_becomes_a_header_that_nobody_else_can_set() throws Exception {
        String thing = "/api/2/things/org.example:one";
        String claimed = users.token(Map.of("email", "alice@example.com"));

        Answer answer = with(claimed, thing, "user-email", "mallory@example.com");
        Answer without = with(users.token(), thing, "user-email", "mallory@example.com");
        Answer byPassword = gateway.ditto("GET", thing, "", "user-email", "mallory@example.com");

        assertThat(answer.has(200).http().body())
                .contains("alice@example.com")
                .doesNotContain("mallory");
        assertThat(without.has(200).http().body()).doesNotContain("mallory");
        assertThat(byPassword.has(200).http().body()).doesNotContain("mallory");
    }

    @Test
    void a_rotated_key_is_found_and_the_withdrawn_one_signs_nothing_new() throws Exception {
        with(users.token(), "/api/2/whoami").has(200);

        users.rotate();

        with(users.token(), "/api/2/whoami").has(200);
    }

    @ParameterizedTest
    @CsvSource({
        "operators, alice,  /api/2/connections, 200",
        "operators, bob,    /api/2/connections, 403",
        "operators, viewer, /api/2/connections, 403",
        "users,     alice,  /api/2/connections, 401",
        "operators, bob,    /devops/logging,    403",
        "users,     alice,  /devops/logging,    401",
        "operators, bob,    /status/health,     403",
        "users,     alice,  /status/health,     401",
        "operators, alice,  /api/2/whoami,      200",
        "operators, bob,    /api/2/whoami,      200",
        "users,     alice,  /api/2/whoami,      200"
    })
    void a_valid_token_alone_never_manages_connections(
            String issuer, String subject, String path, int status) throws Exception {
        TestIssuer from = issuer.equals("users") ? users : operators;

        with(from.token(Map.of("sub", subject)), path).has(status);
    }

    @ParameterizedTest
    @CsvSource({"alice,  true", "viewer, true", "'',     false"})
    void the_parts_of_the_health_are_for_named_subjects(String subject, boolean seen)
            throws Exception {
        Answer answer =
                subject.isEmpty()
                        ? gateway.send("", "GET", "/status/health", "")
                        : with(operators.token(Map.of("sub", subject)), "/status/health");

        assertThat(answer.has(200).json().has("children")).isEqualTo(seen);
    }

    @Test
    void where_operators_come_by_token_no_password_opens() throws Exception {
        Answer answer = gateway.devops("GET", "/api/2/connections", "");

        answer.hasError(401, "gateway:authentication.failed");
        assertThat(answer.http().headers().allValues("www-authenticate"))
                .containsExactly("Bearer realm=\"Patchbay\"");
    }

    @ParameterizedTest
    @CsvSource({"garbage", "a.b.c", "Zm9v"})
    void what_is_no_token_is_refused_with_the_reason(String token) throws Exception {
        Answer answer = with(token, "/api/2/whoami", "x-forwarded-for", "198.51.100.1");

        answer.hasError(401, "gateway:authentication.failed");
        assertThat(answer.header("www-authenticate")).contains("invalid_token");
    }

    @Test
    void a_huge_token_is_refused_before_it_is_looked_at() throws Exception {
        Answer large = with(users.token(Map.of("x", "y".repeat(10_000))), "/api/2/whoami");
        Answer huge = with("x".repeat(40_000), "/api/2/whoami");

        large.has(200);
        assertThat(huge.status()).isBetween(400, 431);
        assertThat(huge.json().has("error")).isTrue();
    }

    @Test
    void wrong_passwords_lock_out_their_user_and_address_alone() throws Exception {
        String path = "/api/2/whoami";
        String[] here = {"x-forwarded-for", "198.51.100.7"};
        for (int i = 0; i < 10; i++) {
            gateway.send("ditto:wrong-" + i, "GET", path, "", here).has(401);
        }

        Answer locked = gateway.send("ditto:ditto", "GET", path, "", here);
        locked.hasError(429, "gateway:authentication.lockedout");
        assertThat(Integer.parseInt(locked.header("retry-after"))).isBetween(1, 60);
        assertThat(locked.header("correlation-id")).isNotEmpty();
        gateway.send("ditto:ditto", "GET", path, "", "x-forwarded-for", "198.51.100.8").has(200);
        gateway.ditto("GET", path, "").has(200);
        with(users.token(), path, here).has(200);
    }

    @Test
    void forged_tokens_lock_out_whom_they_claim_to_be_of() throws Exception {
        String path = "/api/2/whoami";
        String[] here = {"x-forwarded-for", "198.51.100.9"};
        String good = users.token(Map.of("sub", "carol"));
        String forged = good.substring(0, good.length() - 8) + "AAAAAAAA";
        for (int i = 0; i < 10; i++) {
            with(forged, path, here).has(401);
        }

        with(good, path, here).hasError(429, "gateway:authentication.lockedout");
        with(good, path).has(200);
        with(users.token(), path, here).has(200);
    }

    @Test
    void expired_tokens_lock_out_nobody() throws Exception {
        String path = "/api/2/whoami";
        String[] here = {"x-forwarded-for", "198.51.100.10"};
        for (int i = 0; i < 15; i++) {
            with(users.token(Map.of("exp", 1)), path, here).has(401);
        }

        with(users.token(), path, here).has(200);
    }

    private static Answer with(String token, String path, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "authorization";
        all[1] = "Bearer " + token;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return gateway.send("", "GET", path, "", all);
    }
}
