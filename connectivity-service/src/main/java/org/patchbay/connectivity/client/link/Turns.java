package org.patchbay.connectivity.client.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many links a node makes to one endpoint at the same time. A broker that comes back meets no
 * more clients at once than it answers, and the others take their turns, first come first served.
 * Who asks is told when its turn has come, by any thread.
 */
public final class Turns {

    private static final class Line {
        final Set<Turn> going = new HashSet<>();
        final Deque<Turn> waiting = new ArrayDeque<>();
    }

    /** A place in the line, or what it has become: a turn to connect. */
    public final class Turn {

        private final String endpoint;
        private final Runnable come;

        private Turn(String endpoint, Runnable come) {
            this.endpoint = endpoint;
            this.come = come;
        }

        /** Leaves it to the next one, whether it had come or not; idempotent. */
        public void end() {
            Turn next = ended(this);
            if (next != null) {
                next.come.run();
            }
        }
    }

    private final int atOnceMax;
    private final Map<String, Line> lines = new HashMap<>();

    /**
     * @param atOnceMax how many clients connect to one endpoint at once
     */
    public Turns(int atOnceMax) {
        this.atOnceMax = atOnceMax;
    }

    /**
     * Gets in line.
     *
     * @param endpoint the same text for all who connect to the same
     * @param come run once, when the turn has come; must not block
     */
    public Turn take(String endpoint, Runnable come) {
        Turn turn = new Turn(endpoint, come);
        boolean now;
        synchronized (lines) {
            Line line = lines.computeIfAbsent(endpoint, _ -> new Line());
            now = line.going.size() < atOnceMax;
            if (now) {
                line.going.add(turn);
            } else {
                line.waiting.add(turn);
            }
        }
        if (now) {
            come.run();
        }
        return turn;
    }

    /** The one whose turn has come by that. */
    private @Nullable Turn ended(Turn turn) {
        synchronized (lines) {
            Line line = lines.get(turn.endpoint);
            if (line == null) {
                return null;
            }
            if (!line.going.remove(turn)) {
                line.waiting.remove(turn);
                return null;
            }
            Turn next = line.waiting.poll();
            if (next != null) {
                line.going.add(next);
            } else if (line.going.isEmpty()) {
                lines.remove(turn.endpoint);
            }
            return next;
        }
    }
}
