package org.patchbay.protocol.placeholder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values placeholders have for one message. */
@FunctionalInterface
public interface Placeholders {

    /**
     * The values of {@code family:name}, such as {@code thing:id} or {@code header:x}: none where
     * this message has no such value, null where there is no such placeholder at all.
     */
    @Nullable List<String> values(String family, String name);

    /** The same for a placeholder that was read before. */
    default @Nullable List<String> values(Reference reference) {
        return values(reference.family(), reference.name());
    }

    /** Asks this first and {@code next} for what it does not know or has no value for. */
    default Placeholders or(Placeholders next) {
        return new EitherOf(this, next);
    }
}
