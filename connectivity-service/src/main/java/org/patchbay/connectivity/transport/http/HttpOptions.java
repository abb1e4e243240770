package org.patchbay.connectivity.transport.http;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.model.option.OptionValues;
import org.patchbay.connectivity.transport.Failure;

/**
 * The {@code specificConfig} of a connection that pushes.
 *
 * @param parallelism how many requests of a client are under way at once
 * @param withoutBody methods whose requests are sent without a body
 */
record HttpOptions(int parallelism, Set<String> withoutBody) {

    private static final int PARALLELISM_MAX = 1_000;

    /**
     * Reads the options.
     *
     * @throws Failure that names the one that is wrong
     */
    static HttpOptions of(Connection connection) {
        String parallelism = connection.specificConfig().getOrDefault("parallelism", "1");
        @Nullable Long number = OptionValues.wholeNumber(parallelism);
        if (number == null || number < 1 || number > PARALLELISM_MAX) {
            throw Failure.byUser(
                            "The option 'parallelism' has to be a whole number from 1 to "
                                    + PARALLELISM_MAX
                                    + ".",
                            null)
                    .in(Layer.CONFIGURATION);
        }
        String methods = connection.specificConfig().getOrDefault("omitRequestBody", "GET,DELETE");
        return new HttpOptions(
                number.intValue(),
                OptionValues.list(methods).stream()
                        .map(method -> method.toUpperCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
