package org.patchbay.protocol.placeholder;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.placeholder.Pipeline.Argument;
import org.patchbay.protocol.placeholder.Pipeline.Call;

/** Reads templates. Pipes, commas and braces inside of quotes are plain characters. */
final class TemplateParser {

    private static final int FUNCTIONS_MAX = 10;
    private static final String FUNCTION = "fn:";

    private TemplateParser() {}

    static List<Template.Part> parts(String text) {
        List<Template.Part> parts = new ArrayList<>();
        int plainFrom = 0;
        int at = 0;
        while (at < text.length()) {
            String close = closing(text, at);
            int end = close == null ? -1 : find(text, at + 2, close);
            if (close == null || end < 0) {
                at++;
                continue;
            }
            if (at > plainFrom) {
                parts.add(new Template.Text(text.substring(plainFrom, at)));
            }
            parts.add(expression(text.substring(at + 2, end), null));
            at = end + close.length();
            plainFrom = at;
        }
        if (plainFrom < text.length() || parts.isEmpty()) {
            parts.add(new Template.Text(text.substring(plainFrom)));
        }
        return parts;
    }

    /**
     * What closes the braces that open here; null where none do. {@code ${…}} is the older way to
     * write them.
     */
    private static @Nullable String closing(String text, int at) {
        return text.startsWith("{{", at) ? "}}" : text.startsWith("${", at) ? "}" : null;
    }

    /**
     * Reads what stands between braces.
     *
     * @param input what the first function gets where no placeholder stands before it
     */
    static Template.Part expression(String expression, @Nullable Argument input) {
        try {
            return pipeline(expression, input);
        } catch (ProblemException e) {
            return new Template.Broken(e.problem());
        }
    }

    private static Pipeline pipeline(String expression, @Nullable Argument input) {
        List<String> stages = split(expression, '|');
        if (stages.stream().anyMatch(String::isEmpty)) {
            throw Faults.emptyStage(expression.trim()).asException();
        }
        boolean bare = stages.getFirst().startsWith(FUNCTION);
        Argument start = bare ? input : placeholder(stages.getFirst());
        List<Call> calls = stages.stream().skip(bare ? 0 : 1).map(TemplateParser::call).toList();
        if (calls.size() > FUNCTIONS_MAX) {
            throw Faults.tooLong(expression.trim(), FUNCTIONS_MAX).asException();
        }
        return new Pipeline(start, calls);
    }

    private static Argument placeholder(String text) {
        Reference reference = Reference.parse(text);
        if (reference == null) {
            throw Faults.unknownPlaceholder(text).asException();
        }
        return new Argument.Variable(reference);
    }

    private static Call call(String stage) {
        if (!stage.startsWith(FUNCTION)) {
            return new Call(null, List.of());
        }
        int open = stage.indexOf('(');
        String name = stage.substring(FUNCTION.length(), open < 0 ? stage.length() : open).trim();
        Functions.Function function = Functions.named(name);
        if (function == null) {
            throw Faults.unknownFunction(name).asException();
        }
        if (open < 0 || !stage.endsWith(")")) {
            throw Faults.wrongArguments(stage, function.signature()).asException();
        }
        List<Argument> arguments = arguments(stage.substring(open + 1, stage.length() - 1));
        if (arguments == null || !function.accepts(arguments)) {
            throw Faults.wrongArguments(stage, function.signature()).asException();
        }
        return new Call(function, arguments);
    }

    /** Quoted texts and placeholders; null where something else stands among them. */
    private static @Nullable List<Argument> arguments(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        List<Argument> arguments = new ArrayList<>();
        for (String each : split(text, ',')) {
            Argument argument = argument(each);
            if (argument == null) {
                return null;
            }
            arguments.add(argument);
        }
        return arguments;
    }

    private static @Nullable Argument argument(String text) {
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        if (first == '\'' || first == '"') {
            boolean closed = text.length() > 1 && text.indexOf(first, 1) == text.length() - 1;
            return closed ? new Argument.Literal(text.substring(1, text.length() - 1)) : null;
        }
        Reference reference = Reference.parse(text);
        return reference == null ? null : new Argument.Variable(reference);
    }

    /** Splits at a character outside of quotes; the pieces are trimmed. */
    private static List<String> split(String text, char separator) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        int at = find(text, 0, String.valueOf(separator));
        while (at >= 0) {
            pieces.add(text.substring(from, at).trim());
            from = at + 1;
            at = find(text, from, String.valueOf(separator));
        }
        pieces.add(text.substring(from).trim());
        return pieces;
    }

    /** Where a mark stands outside of quotes; a quote that nothing closes is a plain character. */
    private static int find(String text, int from, String mark) {
        int at = from;
        while (at < text.length()) {
            if (text.startsWith(mark, at)) {
                return at;
            }
            char c = text.charAt(at);
            int close = c == '\'' || c == '"' ? text.indexOf(c, at + 1) : -1;
            at = close < 0 ? at + 1 : close + 1;
        }
        return -1;
    }
}
