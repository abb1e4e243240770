package org.patchbay.protocol.placeholder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.json.JsonPointer;

/**
 * What {@code fn:format} makes of a JSON object. A name in braces is its field, also {@code
 * deep/er}; between {@code #list} and {@code /list} in braces stands what is repeated for each
 * element, where a dot is the element itself; a backslash makes a brace plain. An array gives a
 * text for each element, so that fields of one object stay together; what is missing is empty.
 */
record ObjectFormat(List<Piece> pieces) {

    private sealed interface Piece {
        record Plain(String text) implements Piece {}

        record Field(JsonPointer at) implements Piece {}

        record Section(JsonPointer at, List<Piece> pieces) implements Piece {}
    }

    /** Sections in sections are followed one inside of the other. */
    private static final int DEPTH_MAX = 32;

    /** A section that was opened and not closed yet. */
    private record Open(String name, List<Piece> pieces) {}

    /**
     * Reads a format. What is no reference is plain text; a section that nothing closes is none.
     *
     * @throws org.patchbay.protocol.ProblemException where sections stand too deep
     */
    static ObjectFormat parse(String text) {
        Map<String, Integer> lastEnds = lastEnds(text);
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open("", new ArrayList<>()));
        StringBuilder plain = new StringBuilder();
        int lastBrace = text.lastIndexOf('}');
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int close = c == '{' && at < lastBrace ? text.indexOf('}', at) : -1;
            if (c == '\\' && at + 1 < text.length() && "{}".indexOf(text.charAt(at + 1)) >= 0) {
                plain.append(text.charAt(at + 1));
                at += 2;
            } else if (close < 0) {
                plain.append(c);
                at++;
            } else {
                flush(plain, open);
                String name = text.substring(at + 1, close);
                boolean opens =
                        name.startsWith("#")
                                && lastEnds.getOrDefault(name.substring(1), -1) > close;
                reference(name, opens, open);
                at = close + 1;
            }
        }
        flush(plain, open);
        while (open.size() > 1) {
            List<Piece> inside = open.pop().pieces();
            open.getFirst().pieces().addAll(inside);
        }
        return new ObjectFormat(List.copyOf(open.getFirst().pieces()));
    }

    /** Where each section is closed for the last time. */
    private static Map<String, Integer> lastEnds(String text) {
        Map<String, Integer> ends = new HashMap<>();
        int at = text.indexOf("{/");
        while (at >= 0) {
            int close = text.indexOf('}', at);
            if (close < 0) {
                return ends;
            }
            ends.put(text.substring(at + 2, close), at);
            at = text.indexOf("{/", close);
        }
        return ends;
    }

    private static void reference(String name, boolean opens, Deque<Open> open) {
        Open innermost = open.getFirst();
        if (opens) {
            if (open.size() > DEPTH_MAX) {
                throw Faults.tooDeep(DEPTH_MAX).asException();
            }
            open.push(new Open(name.substring(1), new ArrayList<>()));
        } else if (open.size() > 1 && name.equals("/" + innermost.name())) {
            open.pop();
            open.getFirst()
                    .pieces()
                    .add(
                            new Piece.Section(
                                    JsonPointer.parse(innermost.name()),
                                    List.copyOf(innermost.pieces())));
        } else {
            innermost
                    .pieces()
                    .add(
                            new Piece.Field(
                                    name.equals(".") ? JsonPointer.ROOT : JsonPointer.parse(name)));
        }
    }

    private static void flush(StringBuilder plain, Deque<Open> open) {
        if (!plain.isEmpty()) {
            open.getFirst().pieces().add(new Piece.Plain(plain.toString()));
            plain.setLength(0);
        }
    }

    /** The texts for an object. */
    List<String> apply(JsonNode object) {
        return texts(pieces, object);
    }

    private static List<String> texts(List<Piece> pieces, JsonNode in) {
        Texts texts = new Texts();
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Plain(var text) -> texts.add(text);
                case Piece.Field(var at) -> texts.add(field(at.in(in)));
                case Piece.Section(var at, var inner) -> texts.add(section(at.in(in), inner));
            }
        }
        return texts.joined();
    }

    private static List<String> field(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isArray() && value.isEmpty()) {
            return List.of("");
        }
        if (!value.isArray()) {
            return List.of(text(value));
        }
        List<String> texts = new ArrayList<>(value.size());
        value.forEach(element -> texts.add(text(element)));
        return texts;
    }

    private static List<String> section(@Nullable JsonNode value, List<Piece> inner) {
        if (value == null || value.isNull() || value.isArray() && value.isEmpty()) {
            return List.of("");
        }
        if (!value.isArray()) {
            return texts(inner, value);
        }
        List<String> texts = new ArrayList<>();
        long characters = 0;
        for (JsonNode element : value) {
            List<String> some = texts(inner, element);
            characters += Texts.lengthOf(some);
            Texts.requireShort(characters);
            texts.addAll(some);
            Texts.requireFew(texts.size());
        }
        return texts;
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.isNull() ? "" : value.toString();
    }
}
