package org.patchbay.gateway.authentication;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problem;

/** What comes of a request's credentials. */
public sealed interface Admission {

    record Admitted(Identity identity) implements Admission {}

    /**
     * @param challenges which credentials would do, as {@code WWW-Authenticate} says it
     * @param retryAfter when it is worth trying again; null where that depends on other credentials
     */
    record Refused(Problem problem, List<String> challenges, @Nullable Duration retryAfter)
            implements Admission {

        public Refused {
            challenges = List.copyOf(challenges);
        }
    }

    private static Problem unauthenticated(String why) {
        return Problem.of(401, "gateway:authentication.failed", why)
                .describedBy("Send the credentials of a user that may use this resource.");
    }

    /** 401: nobody that may come in. */
    static Refused unauthenticated(String why, List<String> challenges) {
        return new Refused(unauthenticated(why), challenges, null);
    }

    /** 403: known, and yet not let in here. */
    static Refused forbidden() {
        return new Refused(
                Problem.of(
                                403,
                                "gateway:forbidden",
                                "The token's subjects may not use this resource.")
                        .describedBy(
                                "The operator names the subjects that may; a valid token alone does"
                                        + " not suffice."),
                List.of(),
                null);
    }

    /** 429: too many wrong tries before this one, which was not even looked at. */
    static Refused lockedOut(Duration remaining) {
        return new Refused(
                Problem.of(
                                429,
                                "gateway:authentication.lockedout",
                                "Too many wrong credentials came for this user from this address.")
                        .describedBy(
                                "Try again in "
                                        + seconds(remaining)
                                        + " seconds; until then right ones are refused, too."),
                List.of(),
                remaining);
    }

    /** 503: whoever issues the tokens can't be asked for its keys. */
    static Refused unavailable(String issuer, Duration retryAfter) {
        return new Refused(
                Problem.of(
                                503,
                                "gateway:authentication.provider.unavailable",
                                "The keys of the token's issuer " + issuer + " can't be fetched.")
                        .describedBy("Try again later, or ask the operator to look into the log."),
                List.of(),
                retryAfter);
    }

    /** Whole seconds, none too few. */
    static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
