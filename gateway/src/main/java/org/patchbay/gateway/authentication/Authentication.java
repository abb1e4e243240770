package org.patchbay.gateway.authentication;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Headers;
import org.patchbay.protocol.Problem;

/**
 * Tells who sends a request: for each audience the ways to authenticate, in the order they are
 * tried.
 */
public final class Authentication {

    public static final String DEVOPS_USER = "devops";

    private final Map<Audience, List<Authenticator>> ways;
    private final Map<Audience, Boolean> closed;

    private Authentication(Map<Audience, List<Authenticator>> ways, Map<Audience, Boolean> closed) {
        this.ways = ways;
        this.closed = closed;
    }

    /**
     * @param hashing runs what takes long
     */
    public static Authentication of(AuthenticationConfig config, Executor hashing) {
        VerifiedPasswords users = verified(config);
        Map<String, List<Password>> userPasswords = new LinkedHashMap<>();
        config.users().forEach((name, password) -> userPasswords.put(name, List.of(password)));
        Authenticator basic =
                new BasicAuthentication(userPasswords, users, hashing, Authentication::user);

        Map<Audience, List<Authenticator>> ways = new HashMap<>();
        ways.put(
                Audience.API,
                config.preAuthenticated()
                        ? List.of(new PreAuthentication(), basic)
                        : List.of(basic));
        ways.put(Audience.DEVOPS, List.of(operator(config, hashing, List.of(config.devops()))));
        ways.put(
                Audience.STATUS,
                List.of(operator(config, hashing, List.of(config.devops(), config.status()))));
        ways.put(Audience.OPEN, List.of());
        return new Authentication(
                Map.copyOf(ways),
                Map.of(
                        Audience.API, true,
                        Audience.DEVOPS, config.devopsSecured(),
                        Audience.STATUS, false,
                        Audience.OPEN, false));
    }

    /**
     * Who sends a request with these headers to a resource for these; else the stage fails with
     * 401.
     */
    public CompletionStage<Identity> authenticate(Audience audience, Headers headers) {
        for (Authenticator way : ways.getOrDefault(audience, List.of())) {
            Optional<CompletionStage<Optional<Identity>>> outcome = way.authenticate(headers);
            if (outcome.isPresent()) {
                return outcome.get().thenApply(Authentication::orRefuse);
            }
        }
        return closed.getOrDefault(audience, true)
                ? CompletableFuture.failedFuture(
                        unauthenticated("The request carries no usable credentials.").asException())
                : CompletableFuture.completedFuture(Identity.ANONYMOUS);
    }

    private static Identity orRefuse(Optional<Identity> identity) {
        return identity.orElseThrow(
                () -> unauthenticated("The user name or the password is wrong.").asException());
    }

    private static Authenticator operator(
            AuthenticationConfig config, Executor hashing, List<Password> passwords) {
        return new BasicAuthentication(
                Map.of(DEVOPS_USER, passwords), verified(config), hashing, Authentication::devops);
    }

    private static VerifiedPasswords verified(AuthenticationConfig config) {
        return new VerifiedPasswords(config.verifiedLifetime(), InstantSource.system());
    }

    private static Identity user(String name) {
        return new Identity(name, AuthorizationContext.of("nginx:" + name));
    }

    private static Identity devops(String name) {
        return new Identity(name, AuthorizationContext.of());
    }

    private static Problem unauthenticated(String why) {
        return Problem.of(401, "gateway:authentication.failed", why)
                .describedBy("Send the credentials of a user that may use this resource.");
    }
}
