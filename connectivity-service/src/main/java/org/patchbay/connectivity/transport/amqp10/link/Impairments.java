package org.patchbay.connectivity.transport.amqp10.link;

import java.util.LinkedHashMap;
import java.util.Map;
import org.patchbay.connectivity.transport.LinkEvents;

/** What a link can't do at present, told together: one thing may be mended before another. */
public final class Impairments {

    private final LinkEvents events;
    private final Map<Object, String> all = new LinkedHashMap<>();
    private boolean closed;

    public Impairments(LinkEvents events) {
        this.events = events;
    }

    public synchronized void add(Object whose, String what) {
        all.put(whose, what);
        tell();
    }

    public synchronized void remove(Object whose) {
        if (all.remove(whose) != null) {
            tell();
        }
    }

    /** The link is gone: nothing of it is mended by that. */
    public synchronized void close() {
        closed = true;
    }

    private void tell() {
        if (closed) {
            return;
        }
        if (all.isEmpty()) {
            events.recovered();
        } else {
            events.impaired(String.join(" ", all.values()));
        }
    }
}
