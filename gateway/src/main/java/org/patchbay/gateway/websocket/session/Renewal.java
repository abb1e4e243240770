package org.patchbay.gateway.websocket.session;

import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.authentication.Admission;
import org.patchbay.gateway.authentication.Identity;
import org.patchbay.gateway.websocket.message.SocketProblems;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;

/** What a new token means for a session that was opened with one. */
sealed interface Renewal {

    /** It goes on, as whom the new token says. */
    record Prolonged(Identity identity) implements Renewal {}

    /** It goes on as it was: nothing is known against the new token. */
    record Undecided(Problem why) implements Renewal {}

    record Ended(Problem why) implements Renewal {}

    /**
     * @param admission null where the token could not be looked at
     */
    static Renewal of(Identity before, @Nullable Admission admission, String sessionId) {
        return switch (admission) {
            case Admission.Admitted(var fresh) when haveSameOwner(before, fresh) ->
                    new Prolonged(fresh);
            case Admission.Admitted _ -> new Ended(SocketProblems.tokenOfAnother());
            case Admission.Refused refused when refused.problem().status() >= 500 ->
                    new Undecided(refused.problem());
            case Admission.Refused refused ->
                    new Ended(SocketProblems.tokenRefused(refused.problem()));
            case null -> new Undecided(Problems.internal(sessionId));
        };
    }

    private static boolean haveSameOwner(Identity before, Identity fresh) {
        Identity.Token old = before.token();
        Identity.Token now = fresh.token();
        return old != null && now != null && old.owner().equals(now.owner());
    }
}
