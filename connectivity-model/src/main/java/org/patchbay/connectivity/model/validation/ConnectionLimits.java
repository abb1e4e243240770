package org.patchbay.connectivity.model.validation;

import java.util.Set;

/**
 * What bounds a connection's configuration.
 *
 * @param clientsMax each holds a link of its own
 * @param consumersMax of each source
 * @param ownAlgorithms names of algorithms of signatures that are others' and known besides ours
 */
public record ConnectionLimits(
        int sourcesMax,
        int targetsMax,
        int mappersPerSourceMax,
        int mappersPerTargetMax,
        int clientsMax,
        int consumersMax,
        Set<String> ownAlgorithms) {

    public static final ConnectionLimits DEFAULTS =
            new ConnectionLimits(4, 4, 10, 10, 100, 100, Set.of());

    /** For where nobody knows what the service allows. */
    public static final ConnectionLimits NONE =
            new ConnectionLimits(
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Set.of());
}
