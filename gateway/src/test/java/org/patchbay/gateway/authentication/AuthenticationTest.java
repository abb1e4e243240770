package org.patchbay.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.gateway.authentication.Admission.Admitted;
import org.patchbay.gateway.authentication.Admission.Refused;
import org.patchbay.protocol.header.Headers;

/** By password and by a proxy's word. */
class AuthenticationTest {

    private static final String HASH =
            BCrypt.withDefaults().hashToString(4, "wonderland".toCharArray());
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("192.0.2.2");

    private final SettableClock clock = new SettableClock();
    private final AtomicInteger hashings = new AtomicInteger();
    private final Executor counting =
            task -> {
                hashings.incrementAndGet();
                task.run();
            };

    @ParameterizedTest
    @CsvSource({
        "API,    ditto,  ditto,      nginx:ditto",
        "API,    alice,  wonderland, nginx:alice",
        "DEVOPS, devops, foobar,     ''",
        "STATUS, devops, foobar,     ''",
        "STATUS, devops, only-look,  ''"
    })
    void a_right_password_opens(Audience audience, String user, String password, String subject) {
        Identity identity = admitted(ask(authentication(""), audience, basic(user, password)));

        assertThat(identity.name()).isEqualTo(user);
        assertThat(String.join(",", identity.authorization().subjects())).isEqualTo(subject);
    }

    @ParameterizedTest
    @CsvSource({
        "API,    ditto,  wrong",
        "API,    alice,  wrong",
        "API,    nobody, ditto",
        "API,    devops, foobar",
        "DEVOPS, devops, wrong",
        "DEVOPS, ditto,  ditto",
        "DEVOPS, devops, only-look",
        "STATUS, devops, wrong"
    })
    void a_wrong_one_does_not(Audience audience, String user, String password) {
        assertRefused(ask(authentication(""), audience, basic(user, password)), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic %%%", "Basic ZGl0dG8=", "Bearer abc", "nonsense", ""})
    void what_is_no_name_and_password_does_not_open(String header) {
        Headers headers = Headers.of(Map.of("authorization", header));

        assertRefused(ask(authentication(""), Audience.API, headers), 401);
    }

    @Test
    void what_is_open_wants_no_credentials() {
        Authentication authentication = authentication("");

        assertThat(admitted(ask(authentication, Audience.OPEN, Headers.EMPTY)))
                .isEqualTo(Identity.ANONYMOUS);
        assertThat(admitted(ask(authentication, Audience.STATUS, Headers.EMPTY)))
                .isEqualTo(Identity.ANONYMOUS);
        assertRefused(ask(authentication, Audience.DEVOPS, Headers.EMPTY), 401);
        assertRefused(ask(authentication, Audience.API, Headers.EMPTY), 401);
    }

    @Test
    void a_refusal_names_the_credentials_that_would_do() {
        assertThat(refused(ask(authentication(""), Audience.API, Headers.EMPTY)).challenges())
                .containsExactly("Basic realm=\"Patchbay\", charset=\"UTF-8\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "devops:wrong"})
    void the_operator_may_leave_devops_resources_unsecured(String credentials) {
        Authentication unsecured =
                authentication("ditto.gateway.authentication.devops.secured = false");
        Headers headers =
                credentials.contains(":")
                        ? basic("devops", "wrong")
                        : Headers.of(Map.of("authorization", credentials));

        assertThat(admitted(ask(unsecured, Audience.DEVOPS, headers)))
                .isEqualTo(Identity.ANONYMOUS);
    }

    @Test
    void the_header_of_a_proxy_is_believed_only_if_the_operator_says_so() {
        Headers headers =
                Headers.of(Map.of("x-ditto-pre-authenticated", "nginx:alice, group:staff"));
        Authentication believing =
                authentication("ditto.gateway.authentication.pre-authentication.enabled = true");

        assertRefused(ask(authentication(""), Audience.API, headers), 401);
        assertRefused(ask(believing, Audience.DEVOPS, headers), 401);
        assertThat(admitted(ask(believing, Audience.API, headers)).authorization().subjects())
                .containsExactly("nginx:alice", "group:staff");
    }

    @Test
    void a_password_is_hashed_once_in_its_lifetime() {
        Authentication authentication = authentication("");

        for (int i = 0; i < 3; i++) {
            admitted(ask(authentication, Audience.API, basic("alice", "wonderland")));
        }

        assertThat(hashings).hasValue(1);
    }

    @Test
    void a_password_that_was_verified_does_not_open_for_another_one() {
        Authentication authentication = authentication("");
        admitted(ask(authentication, Audience.API, basic("alice", "wonderland")));

        assertRefused(ask(authentication, Audience.API, basic("alice", "Wonderland")), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "alice", "ditto"})
    void whether_a_user_is_known_cannot_be_told_from_the_hashing(String user) {
        assertRefused(ask(authentication(""), Audience.API, basic(user, "x")), 401);

        assertThat(hashings).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"DEVOPS, devops, foobar", "API, ditto, ditto", "API, alice, wonderland"})
    void ten_wrong_tries_lock_out_even_who_is_right_then(
            Audience audience, String user, String password) {
        Authentication authentication = authentication("");

        tryTenTimes(authentication, audience, user);
        Refused refused = refused(ask(authentication, audience, basic(user, password)));

        assertThat(refused.problem().status()).isEqualTo(429);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void unknown_users_are_locked_out_like_known_ones() {
        Authentication authentication = authentication("");

        tryTenTimes(authentication, Audience.API, "nobody");

        assertRefused(ask(authentication, Audience.API, basic("nobody", "x")), 429);
    }

    @Test
    void a_lock_ends_by_itself() {
        Authentication authentication = authentication("");
        tryTenTimes(authentication, Audience.DEVOPS, "devops");

        clock.advance(Duration.ofSeconds(60));

        admitted(ask(authentication, Audience.DEVOPS, basic("devops", "foobar")));
    }

    @Test
    void neither_other_users_nor_other_addresses_are_locked_out() {
        Authentication authentication = authentication("");
        tryTenTimes(authentication, Audience.API, "ditto");
        tryTenTimes(authentication, Audience.API, "devops");

        admitted(ask(authentication, Audience.API, basic("alice", "wonderland")));
        admitted(ask(authentication, Audience.DEVOPS, basic("devops", "foobar")));
        admitted(
                authentication
                        .authenticate(Audience.API, basic("ditto", "ditto"), ELSEWHERE)
                        .toCompletableFuture()
                        .join());
    }

    @Test
    void clients_behind_a_trusted_proxy_are_told_apart() {
        Authentication authentication =
                authentication("patchbay.gateway.trusted-proxies = \"192.0.2.0/24\"");
        Headers wrong = basic("ditto", "wrong").with("x-forwarded-for", "198.51.100.7");
        for (int i = 0; i < 10; i++) {
            assertRefused(ask(authentication, Audience.API, wrong), 401);
        }

        Headers right = basic("ditto", "ditto");
        assertRefused(
                ask(authentication, Audience.API, right.with("x-forwarded-for", "198.51.100.7")),
                429);
        admitted(ask(authentication, Audience.API, right.with("x-forwarded-for", "198.51.100.8")));
    }

    @Test
    void a_client_that_invents_addresses_is_locked_out_all_the_same() {
        Authentication authentication = authentication("");
        for (int i = 0; i < 10; i++) {
            Headers wrong = basic("ditto", "wrong").with("x-forwarded-for", "198.51.100." + i);
            assertRefused(ask(authentication, Audience.API, wrong), 401);
        }

        assertRefused(ask(authentication, Audience.API, basic("ditto", "ditto")), 429);
    }

    @Test
    void of_many_tries_at_once_no_more_are_compared_than_one_after_the_other() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        Authentication authentication = authentication("", waiting::add);
        List<CompletableFuture<Admission>> tries = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String password = i == 30 ? "wonderland" : "guess-" + i;
            tries.add(
                    authentication
                            .authenticate(Audience.API, basic("alice", password), HERE)
                            .toCompletableFuture());
        }

        waiting.forEach(Runnable::run);

        assertThat(tries)
                .allSatisfy(one -> assertThat(one.join()).isInstanceOf(Refused.class))
                .filteredOn(one -> refused(one.join()).problem().status() == 401)
                .hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ditto", ":x", "ditto:", "a:b,c"})
    void users_without_a_name_or_a_password_are_refused(String users) {
        assertThatThrownBy(() -> AuthenticationConfig.users(users))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("PATCHBAY_USERS");
    }

    @Test
    void a_password_shows_nothing_of_itself() {
        assertThat(AuthenticationConfig.users("a:secret,b:" + HASH).toString())
                .doesNotContain("secret")
                .doesNotContain(HASH);
    }

    private void tryTenTimes(Authentication authentication, Audience audience, String user) {
        for (int i = 0; i < 10; i++) {
            assertRefused(ask(authentication, audience, basic(user, "wrong")), 401);
        }
    }

    private static Admission ask(
            Authentication authentication, Audience audience, Headers headers) {
        return authentication.authenticate(audience, headers, HERE).toCompletableFuture().join();
    }

    private Authentication authentication(String settings) {
        return authentication(settings, counting);
    }

    private Authentication authentication(String settings, Executor hashing) {
        Config config =
                ConfigFactory.parseString(settings)
                        .withFallback(
                                ConfigFactory.parseMap(
                                        Map.of(
                                                "patchbay.gateway.users",
                                                "ditto:ditto,alice:" + HASH,
                                                "ditto.gateway.authentication.devops.statusPassword",
                                                "only-look")))
                        .withFallback(ConfigFactory.load());
        return Authentication.of(
                AuthenticationConfig.of(config),
                hashing,
                _ -> CompletableFuture.failedFuture(new AssertionError()),
                clock);
    }

    private static Headers basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Headers.of(
                Map.of("authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    private static Identity admitted(Admission admission) {
        assertThat(admission).isInstanceOf(Admitted.class);
        return ((Admitted) admission).identity();
    }

    private static Refused refused(Admission admission) {
        assertThat(admission).isInstanceOf(Refused.class);
        return (Refused) admission;
    }

    private static void assertRefused(Admission admission, int status) {
        assertThat(refused(admission).problem().status()).isEqualTo(status);
    }
}
