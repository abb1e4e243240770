package org.patchbay.protocol.placeholder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two sets of placeholders, of which the second is asked for what the first has no value for. */
record EitherOf(Placeholders first, Placeholders second) implements Placeholders {

    @Override
    public @Nullable List<String> values(String family, String name) {
        return values(new Reference(family, name));
    }

    @Override
    public @Nullable List<String> values(Reference reference) {
        List<String> values = first.values(reference);
        if (values != null && !values.isEmpty()) {
            return values;
        }
        List<String> others = second.values(reference);
        return others == null ? values : others;
    }
}
