package org.patchbay.protocol.placeholder;

import java.util.List;

/** The values placeholders have for one message; families that do not apply have none. */
@FunctionalInterface
public interface Placeholders {

    /**
     * The values of {@code family:name}, such as {@code thing:id} or {@code header:x}; empty where unresolved.
     */
    List<String> values(String family, String name);

    /** Asks this first and {@code next} for what it does not know. */
    default Placeholders or(Placeholders next) {
        return (family, name) -> {
            List<String> values = values(family, name);
            return values.isEmpty() ? next.values(family, name) : values;
        };
    }
}
