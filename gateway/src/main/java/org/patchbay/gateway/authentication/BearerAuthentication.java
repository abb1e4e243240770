package org.patchbay.gateway.authentication;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.patchbay.gateway.authentication.Admission.Admitted;
import org.patchbay.gateway.authentication.lockout.Lockout;
import org.patchbay.gateway.authentication.lockout.Lockout.Suspect;
import org.patchbay.gateway.authentication.token.Tokens;
import org.patchbay.gateway.authentication.token.Verdict;
import org.patchbay.protocol.AuthorizationContext;

/**
 * OAuth 2.0 bearer tokens. Forged ones count as wrong tries of whom they claim to be of; expired
 * ones don't, their bearer was let in once.
 */
final class BearerAuthentication implements Authenticator {

    static final String CHALLENGE = "Bearer realm=\"Patchbay\"";

    private static final String INVALID = CHALLENGE + ", error=\"invalid_token\"";
    private static final String SCHEME = "Bearer ";
    private static final String KIND = "token";

    private final Tokens tokens;
    private final Lockout lockout;
    private final Duration retryAfter;
    private final Predicate<List<String>> letIn;

    /**
     * @param retryAfter when an issuer that did not answer is asked again
     * @param letIn whether the subjects of a valid token may come in
     */
    BearerAuthentication(
            Tokens tokens, Lockout lockout, Duration retryAfter, Predicate<List<String>> letIn) {
        this.tokens = tokens;
        this.lockout = lockout;
        this.retryAfter = retryAfter;
        this.letIn = letIn;
    }

    @Override
    public Optional<CompletionStage<Admission>> authenticate(Caller caller) {
        String value = caller.headers().get("authorization");
        return value == null || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.empty()
                : Optional.of(check(value.substring(SCHEME.length()).strip(), caller));
    }

    private CompletionStage<Admission> check(String text, Caller caller) {
        Tokens.Unverified token = Tokens.read(text);
        String owner = token == null ? "" : token.user();
        Suspect suspect = Lockout.suspect(KIND, owner, caller.address());
        Duration locked = lockout.remaining(suspect);
        if (!locked.isZero()) {
            return CompletableFuture.completedFuture(Admission.lockedOut(locked));
        }
        CompletionStage<Verdict> verdict =
                token == null
                        ? CompletableFuture.completedFuture(
                                new Verdict.Forged("It is no signed JSON Web Token."))
                        : tokens.verify(token);
        return verdict.thenApply(it -> admission(it, owner, suspect, caller));
    }

    private Admission admission(Verdict verdict, String owner, Suspect suspect, Caller caller) {
        return switch (verdict) {
            case Verdict.Valid valid when letIn.test(valid.subjects()) ->
                    new Admitted(
                            new Identity(
                                    valid.subjects().getFirst(),
                                    new AuthorizationContext(valid.subjects()),
                                    valid.headers(),
                                    new Identity.Token(owner, valid.until())));
            case Verdict.Valid _ -> Admission.forbidden();
            case Verdict.Forged(var why) -> {
                lockout.wrong(suspect, caller.address());
                yield wrong(why);
            }
            case Verdict.Rejected(var why) -> wrong(why);
            case Verdict.Unknown(var issuer) -> Admission.unavailable(issuer, retryAfter);
        };
    }

    private static Admission wrong(String why) {
        return Admission.unauthenticated(
                "The bearer token is not accepted. " + why, List.of(INVALID));
    }
}
