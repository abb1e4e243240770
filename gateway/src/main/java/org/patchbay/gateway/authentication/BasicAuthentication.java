package org.patchbay.gateway.authentication;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.patchbay.protocol.Headers;

/** HTTP Basic: a name and a password. */
final class BasicAuthentication implements Authenticator {

    private static final String SCHEME = "Basic ";

    /**
     * What an unknown user's password is compared with, so that it takes as long as a known one's.
     */
    private final List<Password> decoy;

    private final Map<String, List<Password>> passwords;
    private final VerifiedPasswords verified;
    private final Executor hashing;
    private final Function<String, Identity> identity;

    /**
     * @param passwords the passwords that open for a name; one of them suffices
     * @param identity whom a name stands for
     */
    BasicAuthentication(
            Map<String, List<Password>> passwords,
            VerifiedPasswords verified,
            Executor hashing,
            Function<String, Identity> identity) {
        this.passwords = passwords;
        this.verified = verified;
        this.hashing = hashing;
        this.identity = identity;
        this.decoy =
                passwords.values().stream()
                        .filter(these -> these.stream().anyMatch(Password::isSlow))
                        .findAny()
                        .orElse(List.of(Password.of("nobody's")));
    }

    @Override
    public Optional<CompletionStage<Optional<Identity>>> authenticate(Headers headers) {
        String value = headers.get("authorization");
        return value == null || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.empty()
                : Optional.of(check(value.substring(SCHEME.length()).strip()));
    }

    private CompletionStage<Optional<Identity>> check(String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        int colon = pair.indexOf(':');
        return colon < 0
                ? CompletableFuture.completedFuture(Optional.empty())
                : check(pair.substring(0, colon), pair.substring(colon + 1));
    }

    private CompletionStage<Optional<Identity>> check(String name, String candidate) {
        List<Password> known = passwords.get(name);
        List<Password> compared = known == null ? decoy : known;
        if (compared.stream().noneMatch(Password::isSlow)) {
            return CompletableFuture.completedFuture(
                    outcome(name, known != null && opens(compared, candidate)));
        }
        if (verified.holds(name, candidate)) {
            return CompletableFuture.completedFuture(outcome(name, true));
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    boolean opened = opens(compared, candidate) && known != null;
                    if (opened) {
                        verified.remember(name, candidate);
                    }
                    return outcome(name, opened);
                },
                hashing);
    }

    /** Tries them all, whichever of them opens. */
    private static boolean opens(List<Password> passwords, String candidate) {
        boolean opened = false;
        for (Password password : passwords) {
            opened |= password.matches(candidate);
        }
        return opened;
    }

    private Optional<Identity> outcome(String name, boolean opened) {
        return opened ? Optional.of(identity.apply(name)) : Optional.empty();
    }
}
