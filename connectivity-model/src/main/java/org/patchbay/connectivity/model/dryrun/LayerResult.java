package org.patchbay.connectivity.model.dryrun;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a dry run says of one layer. */
public sealed interface LayerResult {

    Layer layer();

    record Passed(Layer layer, Duration took, String message) implements LayerResult {}

    /**
     * What keeps the connection from working.
     *
     * @param check which check of several it was, null where the layer has just one
     */
    record Failed(Layer layer, Duration took, String message, @Nullable String check)
            implements LayerResult {}

    /** The connection has no use for this layer, or it can't be checked. */
    record Skipped(Layer layer, String message) implements LayerResult {}

    /** An earlier layer failed. */
    record NotReached(Layer layer) implements LayerResult {}
}
