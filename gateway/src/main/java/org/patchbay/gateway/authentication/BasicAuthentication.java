package org.patchbay.gateway.authentication;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.authentication.Admission.Admitted;
import org.patchbay.gateway.authentication.lockout.Lockout;
import org.patchbay.gateway.authentication.lockout.Lockout.Suspect;
import org.patchbay.gateway.authentication.password.Password;
import org.patchbay.gateway.authentication.password.VerifiedPasswords;

/**
 * HTTP Basic: a name and a password. Whether a name is known can't be told from the time it takes:
 * where one password is a hash, a hash is computed for every name.
 */
final class BasicAuthentication implements Authenticator {

    static final String CHALLENGE = "Basic realm=\"Patchbay\", charset=\"UTF-8\"";

    private static final String SCHEME = "Basic ";

    private final Realm realm;
    private final VerifiedPasswords verified;
    private final Lockout lockout;
    private final Executor hashing;
    private final List<String> challenges;

    /** What is compared with, so that it takes long, where nothing else does. */
    private final @Nullable Password slow;

    /**
     * Users that belong together.
     *
     * @param name keeps them apart from users of the same name elsewhere
     * @param passwords the passwords that open for a name; one of them suffices
     * @param identity whom a name stands for
     */
    record Realm(
            String name,
            Map<String, List<Password>> passwords,
            Function<String, Identity> identity) {}

    /** A name with a candidate for its password. */
    private record Attempt(String user, String candidate, Suspect suspect, Caller caller) {}

    /**
     * @param hashing runs what takes long
     * @param challenges what a refusal says of the credentials that would do
     */
    BasicAuthentication(
            Realm realm,
            VerifiedPasswords verified,
            Lockout lockout,
            Executor hashing,
            List<String> challenges) {
        this.realm = realm;
        this.verified = verified;
        this.lockout = lockout;
        this.hashing = hashing;
        this.challenges = List.copyOf(challenges);
        this.slow =
                realm.passwords().values().stream()
                        .flatMap(List::stream)
                        .filter(Password::isSlow)
                        .max(Comparator.comparingInt(Password::cost))
                        .orElse(null);
    }

    @Override
    public Optional<CompletionStage<Admission>> authenticate(Caller caller) {
        String value = caller.headers().get("authorization");
        return value == null || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.empty()
                : Optional.of(check(value.substring(SCHEME.length()).strip(), caller));
    }

    private CompletionStage<Admission> check(String encoded, Caller caller) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(unreadable());
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return CompletableFuture.completedFuture(unreadable());
        }
        String user = pair.substring(0, colon);
        return check(
                new Attempt(
                        user,
                        pair.substring(colon + 1),
                        Lockout.suspect(realm.name(), user, caller.address()),
                        caller));
    }

    private CompletionStage<Admission> check(Attempt attempt) {
        Duration locked = lockout.remaining(attempt.suspect());
        if (!locked.isZero()) {
            return CompletableFuture.completedFuture(Admission.lockedOut(locked));
        }
        if (slow == null) {
            return CompletableFuture.completedFuture(judge(attempt));
        }
        if (verified.holds(attempt.user(), attempt.candidate())) {
            return CompletableFuture.completedFuture(admitted(attempt));
        }
        return CompletableFuture.supplyAsync(() -> judge(attempt), hashing);
    }

    /**
     * Compares. Others may have tried meanwhile: a guess that was right is refused like the rest
     * when so many came at once that they lock the user out.
     */
    private Admission judge(Attempt attempt) {
        Duration before = lockout.remaining(attempt.suspect());
        if (!before.isZero()) {
            return Admission.lockedOut(before);
        }
        if (!opens(attempt)) {
            lockout.wrong(attempt.suspect(), attempt.caller().address());
            return Admission.unauthenticated("The user name or the password is wrong.", challenges);
        }
        Duration locked = lockout.remaining(attempt.suspect());
        if (!locked.isZero()) {
            return Admission.lockedOut(locked);
        }
        if (slow != null) {
            verified.remember(attempt.user(), attempt.candidate());
        }
        return admitted(attempt);
    }

    /** Tries all passwords of the name, whichever of them opens, and a slow one in any case. */
    private boolean opens(Attempt attempt) {
        List<Password> known = realm.passwords().getOrDefault(attempt.user(), List.of());
        boolean opened = false;
        for (Password password : known) {
            opened |= password.matches(attempt.candidate());
        }
        if (slow != null && known.stream().noneMatch(Password::isSlow)) {
            slow.matches(attempt.candidate());
        }
        return opened;
    }

    private Admission admitted(Attempt attempt) {
        return new Admitted(realm.identity().apply(attempt.user()));
    }

    private Admission unreadable() {
        return Admission.unauthenticated(
                "The credentials are not 'name:password' in Base64.", challenges);
    }
}
