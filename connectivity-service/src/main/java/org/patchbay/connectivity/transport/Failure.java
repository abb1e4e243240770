package org.patchbay.connectivity.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.dryrun.Layer;

/** Why a link could not be made or was lost, in words for the operator. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is: {@code USER} shows as misconfigured, {@code SYSTEM} as failed. */
    public enum Blame {
        USER,
        SYSTEM
    }

    private final Blame blame;
    private final @Nullable Layer layer;
    private final @Nullable String check;
    private final Duration pauseMin;

    private Failure(
            Blame blame,
            String description,
            @Nullable Throwable cause,
            @Nullable Layer layer,
            @Nullable String check,
            Duration pauseMin) {
        super(description, cause, false, false);
        this.blame = blame;
        this.layer = layer;
        this.check = check;
        this.pauseMin = pauseMin;
    }

    /** Wrong credentials, a refused subscription: only a change of the configuration mends it. */
    public static Failure byUser(String description, @Nullable Throwable cause) {
        return new Failure(Blame.USER, description, cause, null, null, Duration.ZERO);
    }

    /** The broker can't be reached or went away: it may mend itself. */
    public static Failure bySystem(String description, @Nullable Throwable cause) {
        return new Failure(Blame.SYSTEM, description, cause, null, null, Duration.ZERO);
    }

    /** The same, known to be of this layer. */
    public Failure in(Layer itsLayer) {
        return new Failure(blame, description(), getCause(), itsLayer, check, pauseMin);
    }

    /** The same, known to be of this layer, and which of its checks it was. */
    public Failure in(Layer itsLayer, String itsCheck) {
        return new Failure(blame, description(), getCause(), itsLayer, itsCheck, pauseMin);
    }

    /** The same, for an endpoint that wants to be left alone for so long. */
    public Failure notBefore(Duration pause) {
        return new Failure(blame, description(), getCause(), layer, check, pause);
    }

    /** The pause before the next attempt, or a longer one where the endpoint wants it. */
    public Duration pauseAtLeast(Duration pause) {
        return pause.compareTo(pauseMin) < 0 ? pauseMin : pause;
    }

    public Blame blame() {
        return blame;
    }

    public String description() {
        return String.valueOf(getMessage());
    }

    /** Null where it is of the layer that was being passed when it happened. */
    public @Nullable Layer layer() {
        return layer;
    }

    /** Null where the layer has just one check. */
    public @Nullable String check() {
        return check;
    }
}
