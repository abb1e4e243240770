package org.patchbay.gateway.authentication.lockout;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts wrong tries of a user from an address, and locks just this pair out for a while after too
 * many. What is right during that time is refused like everything else, so that whoever guesses
 * learns nothing. Counts on this node only; forgets the least recent where there is no more room.
 */
public final class Lockout {

    private static final Logger LOG = LoggerFactory.getLogger(Lockout.class);

    /** A longer name is cut: what is remembered of a request is bounded. */
    private static final int NAME_MAX = 128;

    /** Whom it is cheaper to forget than somebody locked out is looked for among so many. */
    private static final int LOOKED_AT_MAX = 32;

    private final LockoutSettings settings;
    private final InstantSource clock;

    /** The least recent wrong try first. */
    private final LinkedHashMap<Suspect, Tries> suspects = new LinkedHashMap<>();

    /**
     * Who tries: a user of some kind, from a network.
     *
     * @param kind keeps apart users of the same name that have different passwords
     */
    public record Suspect(String kind, String user, long network, boolean wide) {}

    /** The times of wrong tries, oldest first, and until when they lock out. */
    private static final class Tries {
        private final Deque<Instant> wrong = new ArrayDeque<>(2);
        private Instant lockedUntil = Instant.MIN;
    }

    public Lockout(LockoutSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** An IPv6 client owns at least the last half of its address: it counts as one network. */
    public static Suspect suspect(String kind, String user, InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean wide = bytes.length > Integer.BYTES;
        long network = wide ? ByteBuffer.wrap(bytes).getLong() : ByteBuffer.wrap(bytes).getInt();
        String name = user.length() <= NAME_MAX ? user : user.substring(0, NAME_MAX);
        return new Suspect(kind, name, network, wide);
    }

    /** How long this one is still locked out; zero where it is not. */
    public synchronized Duration remaining(Suspect suspect) {
        Tries tries = suspects.get(suspect);
        Instant now = clock.instant();
        return tries == null || !now.isBefore(tries.lockedUntil)
                ? Duration.ZERO
                : Duration.between(now, tries.lockedUntil);
    }

    /** Notes a wrong try. */
    public void wrong(Suspect suspect, InetAddress address) {
        if (locks(suspect)) {
            LOG.atWarn()
                    .addKeyValue("kind", suspect.kind())
                    .addKeyValue("user", printable(suspect.user()))
                    .addKeyValue("address", address.getHostAddress())
                    .addKeyValue("seconds", settings.duration().toSeconds())
                    .log("Locked out after too many wrong tries.");
        }
    }

    /** How many pairs of user and address are remembered. */
    synchronized int size() {
        return suspects.size();
    }

    /** Whether this try is the one too many. */
    private synchronized boolean locks(Suspect suspect) {
        Instant now = clock.instant();
        Tries tries = suspects.remove(suspect);
        if (tries == null) {
            makeRoom(now);
            tries = new Tries();
        }
        suspects.put(suspect, tries);
        if (now.isBefore(tries.lockedUntil)) {
            return false;
        }
        Instant windowStart = now.minus(settings.window());
        while (!tries.wrong.isEmpty() && !tries.wrong.peekFirst().isAfter(windowStart)) {
            tries.wrong.removeFirst();
        }
        tries.wrong.addLast(now);
        if (tries.wrong.size() < settings.wrongTriesMax()) {
            return false;
        }
        tries.wrong.clear();
        tries.lockedUntil = now.plus(settings.duration());
        return true;
    }

    /**
     * Forgets what is over, and otherwise the least recent that is not locked out: inventing users
     * must not set a locked one free.
     */
    private void makeRoom(Instant now) {
        Iterator<Map.Entry<Suspect, Tries>> eldest = suspects.entrySet().iterator();
        while (eldest.hasNext() && isOver(eldest.next().getValue(), now)) {
            eldest.remove();
        }
        if (suspects.size() < settings.entriesMax()) {
            return;
        }
        eldest = suspects.entrySet().iterator();
        for (int i = 0; i < LOOKED_AT_MAX && eldest.hasNext(); i++) {
            if (!now.isBefore(eldest.next().getValue().lockedUntil)) {
                eldest.remove();
                return;
            }
        }
        suspects.pollFirstEntry();
    }

    private boolean isOver(Tries tries, Instant now) {
        return !now.isBefore(tries.lockedUntil)
                && (tries.wrong.isEmpty()
                        || !tries.wrong.peekLast().isAfter(now.minus(settings.window())));
    }

    private static String printable(String user) {
        return user.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
