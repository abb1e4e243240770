package org.patchbay.connectivity.path;

import java.util.Optional;
import org.patchbay.protocol.placeholder.Placeholders;
import org.patchbay.protocol.placeholder.Resolution;
import org.patchbay.protocol.placeholder.Template;

/** Turns a target's address template into the address for one message. */
public final class Addresses {

    private Addresses() {}

    /**
     * The address; none where a placeholder has no value, for then the message is not sent.
     *
     * @throws org.patchbay.protocol.ProblemException where the template is wrong
     */
    public static Optional<String> resolve(Template template, Placeholders placeholders) {
        return switch (template.resolve(placeholders)) {
            case Resolution.Deleted(var rest) -> Optional.of(rest);
            case Resolution resolution -> resolution.text();
        };
    }
}
