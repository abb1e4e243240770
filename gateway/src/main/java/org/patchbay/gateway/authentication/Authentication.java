package org.patchbay.gateway.authentication;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.patchbay.gateway.authentication.Admission.Admitted;
import org.patchbay.gateway.authentication.BasicAuthentication.Realm;
import org.patchbay.gateway.authentication.DevopsSettings.Access;
import org.patchbay.gateway.authentication.lockout.Lockout;
import org.patchbay.gateway.authentication.lockout.TrustedProxies;
import org.patchbay.gateway.authentication.password.Password;
import org.patchbay.gateway.authentication.password.VerifiedPasswords;
import org.patchbay.gateway.authentication.token.Documents;
import org.patchbay.gateway.authentication.token.TokenSettings;
import org.patchbay.gateway.authentication.token.Tokens;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.header.Headers;

/**
 * Tells who sends a request: for each audience the ways to authenticate, in the order they are
 * tried.
 */
public final class Authentication {

    public static final String DEVOPS_USER = "devops";

    private final Map<Audience, Entrance> entrances = new EnumMap<>(Audience.class);
    private final TrustedProxies proxies;
    private final Set<String> claimedHeaders;

    /**
     * How one audience comes in.
     *
     * @param challenges the credentials that would do
     * @param open whether who brings no credentials is let in as nobody in particular
     */
    private record Entrance(List<Authenticator> ways, List<String> challenges, boolean open) {
        static final Entrance OPEN = new Entrance(List.of(), List.of(), true);
    }

    /** What the ways to authenticate share. */
    private record Shared(
            AuthenticationConfig config,
            Executor hashing,
            Documents documents,
            InstantSource clock,
            Lockout lockout,
            Tokens devopsTokens) {}

    private Authentication(Shared shared) {
        this.proxies = shared.config().proxies();
        this.claimedHeaders = shared.config().tokens().claimedHeaders();
        DevopsSettings devops = shared.config().devops();
        entrances.put(Audience.API, users(shared));
        entrances.put(Audience.DEVOPS, operators(shared, devops.devops(), false));
        entrances.put(Audience.STATUS, operators(shared, devops.status(), true));
        entrances.put(Audience.OPEN, Entrance.OPEN);
    }

    /**
     * @param hashing runs what takes long
     * @param documents where keys of issuers come from
     */
    public static Authentication of(
            AuthenticationConfig config,
            Executor hashing,
            Documents documents,
            InstantSource clock) {
        return new Authentication(
                new Shared(
                        config,
                        hashing,
                        documents,
                        clock,
                        new Lockout(config.lockout(), clock),
                        new Tokens(config.devops().tokens(), documents, clock)));
    }

    /**
     * Who sends a request with these headers to a resource for these.
     *
     * @param peer who is connected to us: the client or a proxy
     */
    public CompletionStage<Admission> authenticate(
            Audience audience, Headers headers, InetAddress peer) {
        Entrance entrance = Objects.requireNonNull(entrances.get(audience));
        if (entrance.ways().isEmpty() && entrance.open()) {
            return CompletableFuture.completedFuture(new Admitted(Identity.ANONYMOUS));
        }
        Caller caller =
                new Caller(headers, proxies.client(peer, headers.get(TrustedProxies.HEADER)));
        for (Authenticator way : entrance.ways()) {
            Optional<CompletionStage<Admission>> outcome = way.authenticate(caller);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return CompletableFuture.completedFuture(
                entrance.open()
                        ? new Admitted(Identity.ANONYMOUS)
                        : Admission.unauthenticated(
                                "The request carries no usable credentials.",
                                entrance.challenges()));
    }

    /** A request's headers without those that only claims may set, and with the sender's claims. */
    public Headers withClaims(Headers headers, Identity identity) {
        return headers.without(claimedHeaders).withAll(identity.claims());
    }

    private static Entrance users(Shared shared) {
        AuthenticationConfig config = shared.config();
        TokenSettings tokens = config.tokens();
        List<String> challenges = new ArrayList<>(List.of(BasicAuthentication.CHALLENGE));
        List<Authenticator> ways = new ArrayList<>();
        if (!tokens.issuers().isEmpty()) {
            challenges.add(BearerAuthentication.CHALLENGE);
            ways.add(
                    new BearerAuthentication(
                            new Tokens(tokens, shared.documents(), shared.clock()),
                            shared.lockout(),
                            tokens.keys().refreshIntervalMin(),
                            _ -> true));
        }
        if (config.preAuthenticated()) {
            ways.addFirst(new PreAuthentication(challenges));
        }
        Map<String, List<Password>> passwords = new LinkedHashMap<>();
        config.users().forEach((name, password) -> passwords.put(name, List.of(password)));
        ways.add(basic(shared, new Realm("user", passwords, Authentication::user), challenges));
        return new Entrance(ways, challenges, false);
    }

    private static Entrance operators(Shared shared, Access access, boolean open) {
        return switch (access) {
            case Access.Everybody _ -> Entrance.OPEN;
            case Access.ByPassword(var passwords) -> {
                List<String> challenges = List.of(BasicAuthentication.CHALLENGE);
                Realm realm =
                        new Realm(
                                "operator",
                                Map.of(DEVOPS_USER, passwords),
                                Authentication::operator);
                yield new Entrance(List.of(basic(shared, realm, challenges)), challenges, open);
            }
            case Access.ByToken(var subjects) ->
                    new Entrance(
                            List.of(
                                    new BearerAuthentication(
                                            shared.devopsTokens(),
                                            shared.lockout(),
                                            shared.config()
                                                    .devops()
                                                    .tokens()
                                                    .keys()
                                                    .refreshIntervalMin(),
                                            of -> of.stream().anyMatch(subjects::contains))),
                            List.of(BearerAuthentication.CHALLENGE),
                            open);
        };
    }

    private static Authenticator basic(Shared shared, Realm realm, List<String> challenges) {
        return new BasicAuthentication(
                realm,
                new VerifiedPasswords(shared.config().verifiedLifetime(), shared.clock()),
                shared.lockout(),
                shared.hashing(),
                challenges);
    }

    private static Identity user(String name) {
        return new Identity(name, AuthorizationContext.of("nginx:" + name));
    }

    private static Identity operator(String name) {
        return new Identity(name, AuthorizationContext.of());
    }
}
