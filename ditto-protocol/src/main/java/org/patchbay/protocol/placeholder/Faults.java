package org.patchbay.protocol.placeholder;

import org.patchbay.protocol.Problem;

/** What may be wrong with a template itself. */
final class Faults {

    private Faults() {}

    static Problem unknownPlaceholder(String name) {
        return Problem.of(
                        400,
                        "placeholder:unresolved",
                        "There is no placeholder '" + name + "' here.")
                .describedBy(
                        "A placeholder is written {{ family:name }}, for example {{ thing:id }}.");
    }

    static Problem unknownFunction(String name) {
        return Problem.of(
                        400,
                        "placeholder:function.unknown",
                        "There is no function 'fn:" + name + "'.")
                .describedBy("Known functions: " + String.join(", ", Functions.names()) + ".");
    }

    static Problem wrongArguments(String call, String signature) {
        return Problem.of(
                        400,
                        "placeholder:function.signature.invalid",
                        "The arguments of '" + call + "' are wrong.")
                .describedBy("It takes " + signature + "; texts stand in quotes.");
    }

    static Problem tooLong(String pipeline, int most) {
        return Problem.of(
                        400,
                        "placeholder:pipeline.invalid",
                        "The expression '" + pipeline + "' has more than " + most + " functions.")
                .describedBy("Use at most " + most + " functions in one expression.");
    }

    static Problem emptyStage(String pipeline) {
        return Problem.of(
                        400,
                        "placeholder:pipeline.invalid",
                        "The expression '" + pipeline + "' has an empty part.")
                .describedBy("Write {{ family:name | fn:first() | fn:second() }}.");
    }

    static Problem tooManyTexts(int most) {
        return Problem.of(
                        400,
                        "placeholder:pipeline.invalid",
                        "The placeholders' values give more than " + most + " texts.")
                .describedBy("Let fewer placeholders of a text have several values.");
    }
}
