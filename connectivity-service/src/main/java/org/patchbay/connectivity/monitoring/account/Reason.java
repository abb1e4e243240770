package org.patchbay.connectivity.monitoring.account;

import java.util.Locale;

/**
 * Why a message's way ended as it did: all there are, for sources, targets and replies. Operators
 * read the names, in kebab case, in metrics and in the headers of dead letters.
 */
public enum Reason {
    DONE(Outcome.DONE, Stage.PUBLISHING, false),

    /** None of the target's topics let it pass. */
    FILTERED_OUT(Outcome.FILTERED, Stage.FILTERING, false),

    /** The transport did not hand it on: no source wants it, or too many of QoS 0 were waiting. */
    NOT_TAKEN(Outcome.DROPPED, Stage.RECEIVING, false),

    /** The mappers made nothing of it, as a script does that gives null. */
    MAPPED_TO_NOTHING(Outcome.DROPPED, Stage.MAPPING, false),

    /** It came with a condition, which the twin did not meet. */
    CONDITION_NOT_MET(Outcome.DROPPED, Stage.DISPATCH, false),

    /** It answers something that nobody asked, or not any more. */
    NOBODY_WAITS(Outcome.DROPPED, Stage.DISPATCH, false),

    /** A placeholder of the address has no value for it. */
    NO_ADDRESS(Outcome.DROPPED, Stage.ADDRESSING, false),

    /** It found as many signals waiting for the target as may wait. */
    TARGET_FULL(Outcome.DROPPED, Stage.PUBLISHING, true),

    /** It came while the connection was being closed. */
    CLOSED(Outcome.DROPPED, Stage.PUBLISHING, false),

    /** The link ended before it was handled; a broker that keeps messages sends it again. */
    LINK_ENDED(Outcome.FAILED, Stage.RECEIVING, false),

    /** The target's filter, or what it selects of extra fields, can't be applied to it. */
    FILTERING_FAILED(Outcome.FAILED, Stage.FILTERING, true),

    /** The extra fields that the target wants can't be had. */
    ENRICHMENT_FAILED(Outcome.FAILED, Stage.FILTERING, true),

    MAPPING_FAILED(Outcome.FAILED, Stage.MAPPING, true),

    /** It speaks for an entity that its sender must not speak for. */
    ENFORCEMENT_FAILED(Outcome.FAILED, Stage.ENFORCEMENT, true),

    /** A signal that can't be sent from outside, or not in this way. */
    NOT_ADMITTED(Outcome.FAILED, Stage.AUTHORIZATION, true),

    /** The twin's policy does not allow it to its sender. */
    NOT_ALLOWED(Outcome.FAILED, Stage.AUTHORIZATION, true),

    /** The twin will not accept it, however often it comes. */
    REFUSED(Outcome.FAILED, Stage.DISPATCH, true),

    /** An acknowledgement that it is to have was refused, and will be however often it comes. */
    NOT_ACKNOWLEDGED(Outcome.FAILED, Stage.DISPATCH, true),

    /** It could not be handled in the time there is for trying again. */
    GIVEN_UP(Outcome.FAILED, Stage.DISPATCH, true),

    /** The target's address is wrong for it. */
    ADDRESSING_FAILED(Outcome.FAILED, Stage.ADDRESSING, true),

    /** The broker did not take it. */
    PUBLISHING_FAILED(Outcome.FAILED, Stage.PUBLISHING, true);

    private final Outcome outcome;
    private final Stage stage;
    private final boolean deadLetter;

    Reason(Outcome outcome, Stage stage, boolean deadLetter) {
        this.outcome = outcome;
        this.stage = stage;
        this.deadLetter = deadLetter;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** How far the message came. */
    public Stage stage() {
        return stage;
    }

    /** Whether somebody should see to the message, so that it is kept where that is configured. */
    public boolean isDeadLetter() {
        return deadLetter;
    }

    /** Whether another delivery of the same message may end better. */
    public boolean mayPass() {
        return this == GIVEN_UP || this == LINK_ENDED;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
