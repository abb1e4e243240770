package org.patchbay.protocol.placeholder;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;
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
    }

    private static final Map<String, Function> TABLE =
            Map.ofEntries(
                    Map.entry("default", function(1, Functions::orElse)),
                    Map.entry("delete", function(0, (_, _, _) -> new Resolution.Deleted(""))),
                    Map.entry("filter", new Filter()),
                    Map.entry("join", function(1, Functions::join)),
                    Map.entry("split", function(1, Functions::split)),
                    Map.entry("format", function(1, Functions::format)),
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
        for (String value : input.values()) {
            String result = function.apply(value);
            if (result != null) {
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
        return separator == null || !(input instanceof Resolved(var values))
                ? Resolution.UNRESOLVED
                : new Resolved(List.of(String.join(separator, values)));
    }

    private static Resolution split(
            Resolution input, List<Argument> arguments, Placeholders placeholders) {
        String separator = arguments.getFirst().text(placeholders);
        if (separator == null) {
            return Resolution.UNRESOLVED;
        }
        Pattern pattern = Pattern.compile(separator, Pattern.LITERAL);
        return Resolution.of(input.values().stream().flatMap(pattern::splitAsStream).toList());
    }

    private static Resolution replace(
            Resolution input, List<Argument> arguments, Placeholders placeholders) {
        String from = arguments.getFirst().text(placeholders);
        String to = arguments.getLast().text(placeholders);
        return from == null || to == null
                ? Resolution.UNRESOLVED
                : map(input, value -> value.replace(from, to));
    }

    private static @Nullable String before(String value, String mark) {
        int at = value.indexOf(mark);
        return at < 0 ? null : value.substring(0, at);
    }

    private static @Nullable String after(String value, String mark) {
        int at = value.indexOf(mark);
        return at < 0 ? null : value.substring(at + mark.length());
    }

    /** Puts fields of JSON objects into a text; what is no object gives nothing. */
    private static Resolution format(
            Resolution input, List<Argument> arguments, Placeholders placeholders) {
        String pattern = arguments.getFirst().text(placeholders);
        if (pattern == null) {
            return Resolution.UNRESOLVED;
        }
        ObjectFormat format = ObjectFormat.parse(pattern);
        List<String> texts = new ArrayList<>();
        for (String value : input.values()) {
            JsonNode object = object(value);
            if (object != null) {
                texts.addAll(format.apply(object));
                Template.requireFew(texts.size());
            }
        }
        return Resolution.of(texts);
    }

    private static @Nullable JsonNode object(String text) {
        try {
            JsonNode json = Json.parse(text);
            return json.isObject() ? json : null;
        } catch (ProblemException _) {
            return null;
        }
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
