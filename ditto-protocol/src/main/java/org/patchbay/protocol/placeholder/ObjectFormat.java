package org.patchbay.protocol.placeholder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

    /** A section that was opened and not closed yet. */
    private record Open(String name, List<Piece> pieces) {}

    /** Reads a format. What is no reference, or a section that nothing closes, is plain text. */
    static ObjectFormat parse(String text) {
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open("", new ArrayList<>()));
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int close = c == '{' ? text.indexOf('}', at) : -1;
            if (c == '\\' && at + 1 < text.length() && "{}".indexOf(text.charAt(at + 1)) >= 0) {
                plain.append(text.charAt(at + 1));
                at += 2;
            } else if (close < 0) {
                plain.append(c);
                at++;
            } else {
                flush(plain, open);
                reference(text.substring(at + 1, close), text.substring(close + 1), open);
                at = close + 1;
            }
        }
        flush(plain, open);
        return new ObjectFormat(List.copyOf(open.getLast().pieces()));
    }

    private static void reference(String name, String rest, Deque<Open> open) {
        Open innermost = open.getFirst();
        if (name.startsWith("#") && rest.contains("{/" + name.substring(1) + "}")) {
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
        List<String> texts = List.of("");
        for (Piece piece : pieces) {
            texts =
                    Template.append(
                            texts,
                            switch (piece) {
                                case Piece.Plain(var text) -> List.of(text);
                                case Piece.Field(var at) -> field(at.in(in));
                                case Piece.Section(var at, var inner) -> section(at.in(in), inner);
                            });
        }
        return texts;
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
        for (JsonNode element : value) {
            texts.addAll(texts(inner, element));
            Template.requireFew(texts.size());
        }
        return texts;
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.isNull() ? "" : value.toString();
    }
}
