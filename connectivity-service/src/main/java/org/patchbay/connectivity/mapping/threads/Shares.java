package org.patchbay.connectivity.mapping.threads;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;

/** Knows which shares nobody holds any more. */
final class Shares {

    private final ReferenceQueue<Share> unheld = new ReferenceQueue<>();

    /** A share that may go. */
    static final class Held extends WeakReference<Share> {
        private final String name;

        private Held(Share share, ReferenceQueue<Share> queue) {
            super(share, queue);
            this.name = share.name();
        }
    }

    Held held(Share share) {
        return new Held(share, unheld);
    }

    /** Removes those that are gone, but not another of the same name. */
    void forget(Map<String, Held> shares) {
        for (var gone = unheld.poll(); gone != null; gone = unheld.poll()) {
            if (gone instanceof Held held) {
                shares.remove(held.name, held);
            }
        }
    }
}
