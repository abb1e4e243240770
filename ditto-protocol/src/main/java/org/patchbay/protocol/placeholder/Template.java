package org.patchbay.protocol.placeholder;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;

/**
 * A text with placeholders, compiled once: <code>out/{{ thing:name | fn:lower() }}</code>.
 *
 * <p>Braces without a partner are plain text. A template that is wrong still compiles, because some
 * are only found out by their first message: {@link #fault()} tells at once, {@link #resolve}
 * fails.
 */
public final class Template {

    private final String text;
    private final List<Part> parts;

    /** A piece of the text: as it stands, or to be computed. */
    sealed interface Part permits Text, Pipeline, Broken {}

    record Text(Resolution.Resolved asItStands) implements Part {
        static Text of(String text) {
            return new Text(new Resolution.Resolved(List.of(text)));
        }
    }

    record Broken(Problem problem) implements Part {}

    private Template(String text, List<Part> parts) {
        this.text = text;
        this.parts = parts;
    }

    public static Template parse(String text) {
        return new Template(text, List.copyOf(TemplateParser.parts(text)));
    }

    /** An expression without braces; {@code input} is what its first function gets. */
    static Template expression(String text, Pipeline.Argument input) {
        return new Template(text, List.of(TemplateParser.expression(text, input)));
    }

    /** Whether the text has no placeholders at all. */
    public boolean isConstant() {
        return parts.stream().allMatch(Text.class::isInstance);
    }

    /** The text with something else in place of each placeholder. */
    public String with(String standIn) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            out.append(part instanceof Text(var plain) ? plain.values().getFirst() : standIn);
        }
        return out.toString();
    }

    /** The placeholders in it, those in arguments of functions too. */
    public List<Reference> references() {
        return parts.stream()
                .flatMap(part -> part instanceof Pipeline p ? p.references() : Stream.empty())
                .toList();
    }

    /**
     * What is wrong with it whatever the message: an unknown function, wrong arguments, no name.
     */
    public Optional<Problem> fault() {
        return parts.stream()
                .flatMap(part -> part instanceof Broken(Problem p) ? Stream.of(p) : Stream.empty())
                .findFirst();
    }

    /** As {@link #fault()}, and placeholders that do not exist in this scope. */
    public Optional<Problem> fault(Scope scope) {
        return fault().or(() ->
                references().stream()
                        .filter(reference -> !scope.knows(reference))
                        .map(r -> Faults.unknownPlaceholder(r.toString()))
                        .findFirst());
    }

    /** The text for one message; several where placeholders have several values. */
    public Resolution resolve(Placeholders placeholders) {
        try {
            return parts.size() == 1
                    ? resolvePart(parts.getFirst(), placeholders)
                    : resolveParts(placeholders);
        } catch (ProblemException e) {
            return new Resolution.Failed(e.problem());
        }
    }

    private Resolution resolveParts(Placeholders placeholders) {
        Texts texts = new Texts();
        boolean deleted = false;
        boolean unresolved = false;
        for (Part part : parts) {
            switch (resolvePart(part, placeholders)) {
                case Resolution.Resolved(var values) -> texts.add(values);
                case Resolution.Unresolved _ -> unresolved = true;
                case Resolution.Deleted _ -> deleted = true;
                case Resolution.Failed failed -> {
                    return failed;
                }
            }
        }
        if (unresolved) {
            return Resolution.UNRESOLVED;
        }
        List<String> joined = texts.joined();
        return deleted
                ? new Resolution.Deleted(joined.getFirst())
                : new Resolution.Resolved(joined);
    }

    private static Resolution resolvePart(Part part, Placeholders placeholders) {
        return switch (part) {
            case Text(var plain) -> plain;
            case Pipeline pipeline -> pipeline.resolve(placeholders);
            case Broken(var problem) -> new Resolution.Failed(problem);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Template that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
