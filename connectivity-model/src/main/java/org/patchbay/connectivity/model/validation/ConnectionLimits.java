package org.patchbay.connectivity.model.validation;

/** What bounds a connection's configuration. */
public record ConnectionLimits(
        int sourcesMax, int targetsMax, int mappersPerSourceMax, int mappersPerTargetMax) {

    public static final ConnectionLimits DEFAULTS = new ConnectionLimits(4, 4, 10, 10);
}
