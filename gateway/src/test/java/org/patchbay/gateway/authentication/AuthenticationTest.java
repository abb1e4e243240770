package org.patchbay.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.Headers;
import org.patchbay.protocol.ProblemException;

class AuthenticationTest {

    private static final String HASH =
            BCrypt.withDefaults().hashToString(4, "wonderland".toCharArray());

    private final AtomicInteger hashings = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "API,    ditto,  ditto,      nginx:ditto",
        "API,    alice,  wonderland, nginx:alice",
        "DEVOPS, devops, foobar,     ''",
        "STATUS, devops, foobar,     ''",
        "STATUS, devops, only-look,  ''"
    })
    void a_right_password_opens(Audience audience, String user, String password, String subject) {
        Identity identity = authenticate("", audience, basic(user, password));

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
        assertRefused(() -> authenticate("", audience, basic(user, password)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic %%%", "Basic ZGl0dG8=", "Bearer abc", "nonsense", ""})
    void what_is_no_name_and_password_does_not_open(String header) {
        assertRefused(
                () -> authenticate("", Audience.API, Headers.of(Map.of("authorization", header))));
    }

    @Test
    void what_is_open_wants_no_credentials() {
        assertThat(authenticate("", Audience.OPEN, Headers.EMPTY)).isEqualTo(Identity.ANONYMOUS);
        assertThat(authenticate("", Audience.STATUS, Headers.EMPTY)).isEqualTo(Identity.ANONYMOUS);
        assertRefused(() -> authenticate("", Audience.DEVOPS, Headers.EMPTY));
        assertRefused(() -> authenticate("", Audience.API, Headers.EMPTY));
    }

    @Test
    void the_operator_may_leave_devops_resources_unsecured() {
        String unsecured = "ditto.gateway.authentication.devops.secured = false";

        assertThat(authenticate(unsecured, Audience.DEVOPS, Headers.EMPTY))
                .isEqualTo(Identity.ANONYMOUS);
    }

    @Test
    void the_header_of_a_proxy_is_believed_only_if_the_operator_says_so() {
        Headers headers =
                Headers.of(Map.of("x-ditto-pre-authenticated", "nginx:alice, group:staff"));

        assertRefused(() -> authenticate("", Audience.API, headers));
        assertThat(
                        authenticate(
                                        "ditto.gateway.authentication.pre-authentication.enabled = true",
                                        Audience.API,
                                        headers)
                                .authorization()
                                .subjects())
                .containsExactly("nginx:alice", "group:staff");
    }

    @Test
    void a_password_is_hashed_once_in_its_lifetime() {
        Authentication authentication = authentication("");

        for (int i = 0; i < 3; i++) {
            authentication
                    .authenticate(Audience.API, basic("alice", "wonderland"))
                    .toCompletableFuture()
                    .join();
        }

        assertThat(hashings).hasValue(1);
    }

    @Test
    void a_password_that_was_verified_does_not_open_for_another_one() {
        Authentication authentication = authentication("");
        authentication
                .authenticate(Audience.API, basic("alice", "wonderland"))
                .toCompletableFuture()
                .join();

        assertRefused(() ->
                authentication
                        .authenticate(Audience.API, basic("alice", "Wonderland"))
                        .toCompletableFuture()
                        .join());
    }

    @Test
    void unknown_users_cost_as_much_hashing_as_known_ones() {
        assertRefused(() -> authenticate("", Audience.API, basic("nobody", "x")));

        assertThat(hashings).hasValue(1);
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

    private Identity authenticate(String config, Audience audience, Headers headers) {
        return authentication(config).authenticate(audience, headers).toCompletableFuture().join();
    }

    private Authentication authentication(String settings) {
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
                task -> {
                    hashings.incrementAndGet();
                    task.run();
                });
    }

    private static Headers basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Headers.of(
                Map.of("authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    private static void assertRefused(Runnable attempt) {
        assertThatThrownBy(attempt::run)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(401));
    }
}
