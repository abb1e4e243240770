package org.patchbay.connectivity.transport.amqp10;

import java.util.LinkedHashMap;
import java.util.Map;
import org.patchbay.connectivity.transport.LinkEvents;

/** What a link can't do at present, told together: one thing may be mended before another. */
final class Impairments {

    private final LinkEvents events;
    private final Map<Object, String> all = new LinkedHashMap<>();

    Impairments(LinkEvents events) {
        this.events = events;
    }

    synchronized void add(Object whose, String what) {
        all.put(whose, what);
        tell();
    }

    synchronized void remove(Object whose) {
        if (all.remove(whose) != null) {
            tell();
        }
    }

    private void tell() {
        if (all.isEmpty()) {
            events.recovered();
        } else {
            events.impaired(String.join(" ", all.values()));
        }
    }
}
