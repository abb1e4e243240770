package org.patchbay.connectivity.mapping;

import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.protocol.Problem;

/** What may go wrong in a mapping. */
public final class MappingProblems {

    private MappingProblems() {}

    /** A payload could not be mapped. */
    public static Problem failed(String mapper, String direction, String why) {
        return Problem.of(
                        400,
                        "connectivity:message.mapping.failed",
                        "The mapper '" + mapper + "' could not map the " + direction + " message.")
                .describedBy(why);
    }

    public static Problem unknownMapper(String id, Iterable<String> known) {
        return ConnectionProblems.configurationInvalid(
                "There is no mapper '" + id + "'.",
                "Name one of mappingDefinitions, or one of: " + String.join(", ", known) + ".");
    }

    public static Problem unknownEngine(String id, String engine, Iterable<String> known) {
        return ConnectionProblems.configurationInvalid(
                "The mapping definition '" + id + "' has the unknown engine '" + engine + "'.",
                "Known engines: " + String.join(", ", known) + ".");
    }

    /** Options of a definition that can't be right. */
    public static Problem optionsInvalid(String id, String why, @Nullable String hint) {
        return ConnectionProblems.configurationInvalid(
                "The mapping definition '" + id + "' is wrong: " + why,
                hint == null ? "Correct its options." : hint);
    }
}
