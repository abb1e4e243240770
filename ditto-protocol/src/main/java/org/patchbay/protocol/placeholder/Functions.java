package org.patchbay.protocol.placeholder;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.placeholder.Pipeline.Argument;
import org.patchbay.protocol.placeholder.Resolution.Resolved;

/** The functions of pipelines, one row each. */
final class Functions {

    /** A function: what it makes of the value before it, which may be unresolved. */
    interface Function {

        /** What it takes, in words. */
        String signature();

        boolean accepts(List<Argument> arguments);

        Resolution apply(Resolution input, List<Argument> arguments, Placeholders placeholders);

        /** Itself with whatever of its arguments can be read before there is a message. */
        default Function compiled(List<Argument> arguments) {
            return this;
        }
    }

    private static final Map<String, Function> TABLE =
            Map.ofEntries(
                    Map.entry("default", function(1, Functions::orElse)),
                    Map.entry("delete", function(0, (_, _, _) -> new Resolution.Deleted(""))),
                    Map.entry("filter", new Filter(null)),
                    Map.entry("join", function(1, Functions::join)),
                    Map.entry("split", function(1, Functions::split)),
                    Map.entry("format", new Format(null)),
                    Map.entry("substring-before", withText(Functions::before)),
                    Map.entry("substring-after", withText(Functions::after)),
                    Map.entry("replace", function(2, Functions::replace)),
                    Map.entry("lower", each(text -> text.toLowerCase(Locale.ROOT))),
                    Map.entry("upper", each(text -> text.toUpperCase(Locale.ROOT))),
                    Map.entry("trim", each(String::trim)),
                    Map.entry("url-encode", each(Functions::urlEncode)),
                    Map.entry("url-decode", each(Functions::urlDecode)),
                    Map.entry("base64-encode", each(Functions::base64Encode)),
                    Map.entry("base64-decode", each(Functions::base64Decode)));

    private Functions() {}

    static @Nullable Function named(String name) {
        return TABLE.get(name);
    }

    static Iterable<String> names() {
        return new TreeSet<>(TABLE.keySet());
    }

    private interface Body {
        Resolution apply(Resolution input, List<Argument> arguments, Placeholders placeholders);
    }

    private record Plain(int arity, Body body) implements Function {
        @Override
        public String signature() {
            return arity == 0 ? "no argument" : arity == 1 ? "one argument" : arity + " arguments";
        }

        @Override
        public boolean accepts(List<Argument> arguments) {
            return arguments.size() == arity;
        }

        @Override
        public Resolution apply(
                Resolution input, List<Argument> arguments, Placeholders placeholders) {
            return body.apply(input, arguments, placeholders);
        }
    }

    private static Function function(int arity, Body body) {
        return new Plain(arity, body);
    }

    /** A function of each value; nothing comes of a value it is not made for. */
    private static Function each(java.util.function.Function<String, @Nullable String> function) {
        return function(0, (input, _, _) -> map(input, function));
    }

    /** A function of each value and a text; without the text there is no result. */
    private static Function withText(BiFunction<String, String, @Nullable String> function) {
        return function(
                1,
                (input, arguments, placeholders) -> {
                    String text = arguments.getFirst().text(placeholders);
                    return text == null
                            ? Resolution.UNRESOLVED
                            : map(input, value -> function.apply(value, text));
                });
    }

    private static Resolution map(
            Resolution input, java.util.function.Function<String, @Nullable String> function) {
        List<String> results = new ArrayList<>(input.values().size());
        long characters = 0;
        for (String value : input.values()) {
            String result = function.apply(value);
            if (result != null) {
                characters += result.length();
                Texts.requireShort(characters);
                results.add(result);
            }
        }
        return Resolution.of(results);
    }

    private static Resolution orElse(
            Resolution input, List<Argument> arguments, Placeholders placeholders) {
        return input instanceof Resolution.Unresolved
                ? Resolution.of(arguments.getFirst().values(placeholders))
                : input;
    }

    private static Resolution join(
            Resolution input, List<Argument> arguments, Placeholders placeholders) {
        String separator = arguments.getFirst().text(placeholders);
        if (separator == null || !(input instanceof Resolved(var values))) {
            return Resolution.UNRESOLVED;
        }
        Texts.requireShort(Texts.lengthOf(values) + (long) values.size() * separator.length());
        return new Resolved(List.of(String.join(separator, values)));
    }

    private static Resolution split(
            Resolution input, List<Argument> arguments, Placeholders placeholders) {
        String separator = arguments.getFirst().text(placeholders);
        if (separator == null) {
            return Resolution.UNRESOLVED;
        }
        List<String> pieces = new ArrayList<>();
        input.values().forEach(value -> split(value, separator, pieces));
        return Resolution.of(pieces);
    }

    /** Empty pieces at the end are none; an empty separator stands between all characters. */
    private static void split(String value, String separator, List<String> into) {
        if (separator.isEmpty() || value.isEmpty()) {
            into.addAll(List.of(value.split("")));
            return;
        }
        int first = into.size();
        int from = 0;
        int at = value.indexOf(separator);
        while (at >= 0) {
            into.add(value.substring(from, at));
            from = at + separator.length();
            at = value.indexOf(separator, from);
        }
        into.add(value.substring(from));
        while (into.size() > first && into.getLast().isEmpty()) {
            into.removeLast();
        }
    }

    private static Resolution replace(
            Resolution input, List<Argument> arguments, Placeholders placeholders) {
        String from = arguments.getFirst().text(placeholders);
        String to = arguments.getLast().text(placeholders);
        return from == null || to == null
                ? Resolution.UNRESOLVED
                : map(input, value -> replaced(value, from, to));
    }

    private static String replaced(String value, String from, String to) {
        int growth = to.length() - from.length();
        if (growth > 0) {
            Texts.requireShort(value.length() + (long) count(value, from) * growth);
        }
        return value.replace(from, to);
    }

    private static int count(String value, String part) {
        if (part.isEmpty()) {
            return value.length() + 1;
        }
        int count = 0;
        for (int at = value.indexOf(part); at >= 0; at = value.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private static @Nullable String before(String value, String mark) {
        int at = value.indexOf(mark);
        return at < 0 ? null : value.substring(0, at);
    }

    private static @Nullable String after(String value, String mark) {
        int at = value.indexOf(mark);
        return at < 0 ? null : value.substring(at + mark.length());
    }

    private static String urlEncode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static @Nullable String urlDecode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static String base64Encode(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String base64Decode(String value) {
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
