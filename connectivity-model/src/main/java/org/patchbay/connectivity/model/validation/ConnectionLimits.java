package org.patchbay.connectivity.model.validation;

/**
 * What bounds a connection's configuration.
 *
 * @param clientsMax each holds a link of its own
 * @param consumersMax of each source
 */
public record ConnectionLimits(
        int sourcesMax,
        int targetsMax,
        int mappersPerSourceMax,
        int mappersPerTargetMax,
        int clientsMax,
        int consumersMax) {

    public static final ConnectionLimits DEFAULTS = new ConnectionLimits(4, 4, 10, 10, 100, 100);

    /** For where nobody knows what the service allows. */
    public static final ConnectionLimits NONE =
            new ConnectionLimits(
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE);
}
