package org.patchbay.standalone;

import java.util.List;
import java.util.Map;
import org.patchbay.standalone.CommandLine.ShowConfiguration;
import org.patchbay.standalone.configuration.Configuration;
import org.patchbay.standalone.configuration.KnownVariables;
import org.patchbay.standalone.configuration.Listing;
import org.patchbay.standalone.configuration.Warnings;

/**
 * {@code patchbay config}: shows the configuration without starting anything. What is wrong with it
 * comes last, on stderr, and ends it with 1.
 */
final class ConfigMode {

    private ConfigMode() {}

    static void run(ShowConfiguration show, Map<String, String> environment) {
        Configuration configuration = Settings.read(environment);
        KnownVariables known = KnownVariables.load();
        Listing listing = new Listing(configuration.all(), known);
        List<String> lines = lines(show, listing);
        lines.forEach(System.out::println);
        System.out.flush();
        if (show.key().isEmpty()) {
            Warnings.of(environment, configuration.all(), known)
                    .forEach(line -> System.err.println("patchbay: " + line));
        }
        if (!configuration.wrong().isEmpty()) {
            throw new StartFailure(String.join("\n", configuration.wrong()));
        }
        if (lines.isEmpty()) {
            throw new StartFailure(
                    "there is no setting '%s'%s"
                            .formatted(
                                    show.key(),
                                    listing.nearest(show.key())
                                            .map(other -> "; is " + other + " meant?")
                                            .orElse("; patchbay config --all shows all")));
        }
    }

    private static List<String> lines(ShowConfiguration show, Listing listing) {
        if (show.everything()) {
            return listing.everything();
        }
        return show.key().isEmpty() ? listing.ours() : listing.of(show.key());
    }
}
