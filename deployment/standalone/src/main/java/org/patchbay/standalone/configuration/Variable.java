package org.patchbay.standalone.configuration;

/**
 * An environment variable that means something to Patchbay or to Ditto.
 *
 * @param key of the setting it is about, or who reads it
 */
public record Variable(String section, String name, String key, Disposition disposition) {

    /** What becomes of a variable that is set. */
    public sealed interface Disposition {

        /** A reference.conf takes the setting's value from it. */
        record Honoured() implements Disposition {}

        /** Nothing: what it is about is still to come. */
        record NotYet(String why) implements Disposition {}

        /** Nothing: it could mean nothing here. The text says what to use or to know instead. */
        record Instead(String text) implements Disposition {}

        /** It is read before there is a configuration, or by somebody else. */
        record Elsewhere(String meaning) implements Disposition {}
    }
}
