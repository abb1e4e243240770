package org.patchbay.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.patchbay.protocol.ProblemException;

/** Many inputs of one kind: as a grammar writes them, and broken here and there. */
final class Inputs {

    static final int COUNT = Integer.getInteger("patchbay.fuzz.inputs", 20_000);

    /** What parsers stumble over: quotes, braces, ends of lines, halves of surrogate pairs. */
    private static final String[] SPLINTERS = {
        "'",
        "\"",
        "\\",
        "{{",
        "}}",
        "${",
        "}",
        "{",
        "(",
        ")",
        ",",
        "|",
        "/",
        "//",
        "~",
        "~1",
        ":",
        "*",
        "?",
        "#",
        "\0",
        "\n",
        "\t",
        " ",
        "\u00a0",
        "\u2028",
        "\ufeff",
        "\ud83d",
        "\ude00",
        "\ud83d\ude00",
        "\\u",
        "\\ud800",
        "null",
        "-",
        "1e999999",
        "99999999999999999999",
        "time:now-",
        "fn:",
        "fn:format('{#}",
        "[",
        "]",
        "and(",
        "not(",
        "%",
        "\u0130",
        "\ufb03"
    };

    private Inputs() {}

    /** Whatever the input, it is read or it is the problem of whoever sent it. */
    static void each(long seed, Function<Random, String> grammar, Consumer<String> reader) {
        Random random = new Random(seed);
        for (int i = 0; i < COUNT; i++) {
            String input = grammar.apply(random);
            for (int breaks = i % 4; breaks > 0; breaks--) {
                input = broken(input, random);
            }
            read(input, reader);
        }
    }

    private static void read(String input, Consumer<String> reader) {
        try {
            reader.accept(input);
        } catch (ProblemException e) {
            assertThat(e.problem().status()).as("what is wrong with %s", input).isEqualTo(400);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("Not read and no problem either: " + input, e);
        }
    }

    private static String broken(String input, Random random) {
        int from = random.nextInt(input.length() + 1);
        int to = from + random.nextInt(Math.min(12, input.length() - from) + 1);
        String before = input.substring(0, from);
        String piece = input.substring(from, to);
        String after = input.substring(to);
        return switch (random.nextInt(6)) {
            case 0 -> before + after;
            case 1 -> before + piece + piece + after;
            case 2 -> before + piece.repeat(random.nextInt(40)) + after;
            case 3 -> before;
            case 4 -> before + SPLINTERS[random.nextInt(SPLINTERS.length)] + piece + after;
            default -> after + piece + before;
        };
    }
}
