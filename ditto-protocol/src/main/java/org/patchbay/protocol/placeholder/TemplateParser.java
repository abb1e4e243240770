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
        int[] ends = ends(text, "{{", "}}");
        int[] olderEnds = ends(text, "${", "}");
        int plainFrom = 0;
        int at = 0;
        while (at < text.length()) {
            int close = close(text, at, ends, olderEnds);
            if (close < 0) {
                at++;
                continue;
            }
            if (at > plainFrom) {
                parts.add(Template.Text.of(text.substring(plainFrom, at)));
            }
            parts.add(expression(text.substring(at + 2, close), null));
            at = close + (text.charAt(at) == '{' ? 2 : 1);
            plainFrom = at;
        }
        if (plainFrom < text.length() || parts.isEmpty()) {
            parts.add(Template.Text.of(text.substring(plainFrom)));
        }
        return parts;
    }

    /**
     * Where the braces that open here are closed, less than nothing where none do. <code>${…}
     * </code> is the older way to write them.
     */
    private static int close(String text, int at, int[] ends, int[] olderEnds) {
        if (text.startsWith("{{", at)) {
            return ends[at + 2];
        }
        return text.startsWith("${", at) ? olderEnds[at + 2] : -1;
    }

    private static int[] ends(String text, String open, String close) {
        return text.contains(open) ? next(text, close) : new int[0];
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
        List<String> stages = split(expression, "|");
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
        return new Call(function.compiled(arguments), arguments);
    }

    /** Quoted texts and placeholders; null where something else stands among them. */
    private static @Nullable List<Argument> arguments(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        List<Argument> arguments = new ArrayList<>();
        for (String each : split(text, ",")) {
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
    private static List<String> split(String text, String separator) {
        int[] next = next(text, separator);
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (next[from] >= 0) {
            pieces.add(text.substring(from, next[from]).trim());
            from = next[from] + 1;
        }
        pieces.add(text.substring(from).trim());
        return pieces;
    }

    /**
     * Seen from each place of the text, where a mark stands next outside of quotes; less than
     * nothing where it does not. A quote that nothing closes is a plain character.
     *
     * <p>Read from the end, each place knows from the ones behind it. Looking on from each place
     * anew would take the square of the text's length where braces stay open.
     */
    private static int[] next(String text, String mark) {
        int[] next = new int[text.length() + 1];
        next[text.length()] = -1;
        int single = -1;
        int twofold = -1;
        for (int at = text.length() - 1; at >= 0; at--) {
            char c = text.charAt(at);
            int close = c == '\'' ? single : c == '"' ? twofold : -1;
            next[at] = text.startsWith(mark, at) ? at : next[close < 0 ? at + 1 : close + 1];
            single = c == '\'' ? at : single;
            twofold = c == '"' ? at : twofold;
        }
        return next;
    }
}
