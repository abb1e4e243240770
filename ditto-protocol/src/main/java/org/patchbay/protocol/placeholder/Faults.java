package org.patchbay.protocol.placeholder;

import static org.patchbay.protocol.Problems.excerpt;

import org.patchbay.protocol.Problem;

/** What may be wrong with a template itself. */
final class Faults {

    private Faults() {}

    static Problem unknownPlaceholder(String name) {
        return Problem.of(
                        400,
                        "placeholder:unresolved",
                        "There is no placeholder '" + excerpt(name) + "' here.")
                .describedBy(
                        "A placeholder is written {{ family:name }}, for example {{ thing:id }}.");
    }

    static Problem unknownFunction(String name) {
        return Problem.of(
                        400,
                        "placeholder:function.unknown",
                        "There is no function 'fn:" + excerpt(name) + "'.")
                .describedBy("Known functions: " + String.join(", ", Functions.names()) + ".");
    }

    static Problem wrongArguments(String call, String signature) {
        return Problem.of(
                        400,
                        "placeholder:function.signature.invalid",
                        "The arguments of '" + excerpt(call) + "' are wrong.")
                .describedBy("It takes " + signature + "; texts stand in quotes.");
    }

    static Problem tooLong(String pipeline, int most) {
        return Problem.of(
                        400,
                        "placeholder:pipeline.invalid",
                        "The expression '"
                                + excerpt(pipeline)
                                + "' has more than "
                                + most
                                + " functions.")
                .describedBy("Use at most " + most + " functions in one expression.");
    }

    static Problem emptyStage(String pipeline) {
        return Problem.of(
                        400,
                        "placeholder:pipeline.invalid",
                        "The expression '" + excerpt(pipeline) + "' has an empty part.")
                .describedBy("Write {{ family:name | fn:first() | fn:second() }}.");
    }

    static Problem tooManyTexts(int most) {
        return Problem.of(
                        400,
                        "placeholder:pipeline.invalid",
                        "The placeholders' values give more than " + most + " texts.")
                .describedBy("Let fewer placeholders of a text have several values.");
    }

    static Problem tooManyCharacters(int most) {
        return Problem.of(
                        400,
                        "placeholder:pipeline.invalid",
                        "The placeholders' values give more than " + most + " characters.")
                .describedBy("Let the functions make less of a value.");
    }

    static Problem tooDeep(int most) {
        return Problem.of(
                        400,
                        "placeholder:pipeline.invalid",
                        "The sections of a format stand more than " + most + " deep.")
                .describedBy("Put fewer sections into each other.");
    }

    static Problem patternTooLong(int most) {
        return Problem.of(
                        400,
                        "placeholder:pipeline.invalid",
                        "A pattern of 'like' has more than " + most + " characters.")
                .describedBy("Shorten it, or parts of it, with a star.");
    }
}
