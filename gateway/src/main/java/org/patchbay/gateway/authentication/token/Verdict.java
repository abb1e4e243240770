package org.patchbay.gateway.authentication.token;

import java.time.Instant;
import java.util.List;
import org.patchbay.protocol.header.Headers;

/** What is to be thought of a token. */
public sealed interface Verdict {

    /**
     * A token to be believed.
     *
     * @param subjects whom it stands for, the leading one first; never empty
     * @param headers what its claims add to a request
     * @param until when it counts no longer
     */
    record Valid(List<String> subjects, Headers headers, Instant until) implements Verdict {
        public Valid {
            subjects = List.copyOf(subjects);
        }
    }

    /**
     * One that was never good: not to be believed, and a sign of guessing.
     *
     * @param why in words for whoever sent it
     */
    record Forged(String why) implements Verdict {}

    /** A genuine one that does not count (any more, yet, here). */
    record Rejected(String why) implements Verdict {}

    /** The issuer's keys can't be had: nothing can be said. */
    record Unknown(String issuer) implements Verdict {}
}
