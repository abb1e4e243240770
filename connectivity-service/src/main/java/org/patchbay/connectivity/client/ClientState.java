package org.patchbay.connectivity.client;

import java.time.Duration;
import java.time.Instant;
import org.patchbay.connectivity.client.link.Link;
import org.patchbay.connectivity.transport.Failure;

/**
 * Where a client stands.
 *
 * <pre>
 * start ► Waiting ◄────────── pause over ──────────┐
 *            │ its turn                            │
 *            ▼                                     │
 *        Connecting ───── failure, lost ─────► BackingOff
 *            │     └── failure, no failover ─► GivenUp
 *   all subscribed,                                ▲
 *   interest known                                 │ lost, no failover
 *            ▼                                     │
 *          Open ── lost ─► BackingOff or ──────────┘
 *
 * BackingOff, GivenUp ── opened anew ─► Waiting
 *
 * any ── Close ─► Closing ─► stopped
 * </pre>
 *
 * A failure by the user's configuration shows as misconfigured, any other as failed; both are tried
 * again.
 */
sealed interface ClientState {

    Instant since();

    /**
     * Others are connecting to the same endpoint; a link is made when its turn has come.
     *
     * @param tries which attempt in a row this will be, from 1
     */
    record Waiting(int tries, Instant since) implements ClientState {}

    /**
     * A link is being made.
     *
     * @param tries which attempt in a row this is, from 1
     */
    record Connecting(Link link, int tries, Instant since) implements ClientState {}

    /**
     * Messages flow.
     *
     * @param tries how many attempts it took
     */
    record Open(Link link, int tries, Instant since) implements ClientState {}

    /** The last attempt failed or the link was lost; the next attempt comes after the pause. */
    record BackingOff(Failure failure, int tries, Instant since, Duration pause)
            implements ClientState {}

    /** The link failed, and is not tried again before somebody opens the connection anew. */
    record GivenUp(Failure failure, Instant since) implements ClientState {}

    /** What is under way is brought to an end. */
    record Closing(Instant since) implements ClientState {}
}
