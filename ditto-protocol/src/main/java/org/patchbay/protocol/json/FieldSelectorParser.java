package org.patchbay.protocol.json;

import java.util.ArrayList;
import java.util.List;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;

/** Reads {@code a,b/c,d(e,f/g)} into pointers. */
final class FieldSelectorParser {

    private static final int MAX_DEPTH = 32;

    private final String text;
    private int at;

    FieldSelectorParser(String text) {
        this.text = text;
    }

    List<JsonPointer> parse() {
        List<JsonPointer> pointers = new ArrayList<>();
        list(JsonPointer.ROOT, pointers, 0);
        if (at < text.length()) {
            throw wrong("a closing parenthesis has no opening one");
        }
        return pointers;
    }

    private void list(JsonPointer parent, List<JsonPointer> into, int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("it is nested more than " + MAX_DEPTH + " levels deep");
        }
        do {
            item(parent, into, depth);
        } while (skip(','));
    }

    private void item(JsonPointer parent, List<JsonPointer> into, int depth) {
        int start = at;
        while (at < text.length() && ",()".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String path = text.substring(start, at).strip();
        JsonPointer pointer = parent.append(pointer(path));
        if (pointer.depth() > JsonPointer.DEPTH_MAX) {
            throw tooDeep();
        }
        if (skip('(')) {
            if (path.isEmpty()) {
                throw wrong("a field's name is expected before the parenthesis");
            }
            list(pointer, into, depth + 1);
            if (!skip(')')) {
                throw wrong("a closing parenthesis is missing");
            }
            boolean more = at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ')';
            if (more) {
                throw wrong("a comma is expected after the closing parenthesis");
            }
        } else if (!path.isEmpty()) {
            into.add(pointer);
        }
    }

    private JsonPointer pointer(String path) {
        try {
            return JsonPointer.parse(path);
        } catch (ProblemException e) {
            throw tooDeep();
        }
    }

    private ProblemException tooDeep() {
        return wrong("a path has more than " + JsonPointer.DEPTH_MAX + " segments");
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private ProblemException wrong(String why) {
        return Problems.fieldSelectorInvalid(text, why + " (position " + at + ")").asException();
    }
}
