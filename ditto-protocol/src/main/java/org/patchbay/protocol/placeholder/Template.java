package org.patchbay.protocol.placeholder;

import java.util.List;
import java.util.Optional;

/** A text with placeholders, compiled once: {@code out/{{ thing:name }}}. */
public final class Template {

    private final String text;

    private Template(String text) {
        this.text = text;
    }

    /** Compiles a template; malformed braces are the problem {@code placeholder:unresolved}/{@code invalid}. */
    public static Template parse(String text) {
        return new Template(text);
    }

    /** Whether the text has no placeholders at all. */
    public boolean isConstant() {
        throw new UnsupportedOperationException();
    }

    /** The placeholders named in it, as {@code family:name}. */
    public List<String> names() {
        throw new UnsupportedOperationException();
    }

    /** The text for one message; empty where a placeholder has no value. The first of several values counts. */
    public Optional<String> resolve(Placeholders placeholders) {
        throw new UnsupportedOperationException();
    }

    /** All texts for one message where placeholders have several values; empty where unresolved. */
    public List<String> resolveAll(Placeholders placeholders) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return text;
    }
}
