package org.patchbay.connectivity.connection.rules;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.protocol.Problem;

/** Conditional requests (RFC 9110, section 13) on ETags of the form {@code "rev:N"}. */
final class Etags {

    private static final String ANY = "*";
    private static final String WEAK = "W/";

    private Etags() {}

    static String of(long revision) {
        return "\"rev:" + revision + "\"";
    }

    /** What forbids a change; {@code revision} is null where the connection does not exist. */
    static Optional<Problem> forbidsChange(Preconditions given, @Nullable Long revision) {
        return failsIfMatch(given.ifMatch(), revision)
                .or(() ->
                        matches(given.ifNoneMatch(), revision)
                                ? Optional.of(
                                        failed("If-None-Match", given.ifNoneMatch(), revision))
                                : Optional.empty());
    }

    /** What forbids a read, or says that the reader has it already. */
    static Optional<Problem> forbidsRead(Preconditions given, long revision) {
        return failsIfMatch(given.ifMatch(), revision)
                .or(() ->
                        matches(given.ifNoneMatch(), revision)
                                ? Optional.of(ConnectionProblems.notModified(of(revision)))
                                : Optional.empty());
    }

    private static Optional<Problem> failsIfMatch(
            @Nullable String header, @Nullable Long revision) {
        boolean passes =
                header == null
                        || (revision != null
                                && anyOf(
                                        header,
                                        tag -> tag.equals(ANY) || tag.equals(of(revision))));
        return passes ? Optional.empty() : Optional.of(failed("If-Match", header, revision));
    }

    private static boolean matches(@Nullable String header, @Nullable Long revision) {
        return header != null
                && revision != null
                && anyOf(header, tag -> tag.equals(ANY) || strong(tag).equals(of(revision)));
    }

    private static boolean anyOf(String header, Predicate<String> test) {
        return Arrays.stream(header.split(",", -1)).map(String::strip).anyMatch(test);
    }

    private static String strong(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }

    private static Problem failed(String name, @Nullable String value, @Nullable Long revision) {
        String etag = revision == null ? "missing: there is no connection" : of(revision);
        return ConnectionProblems.preconditionFailed(name, String.valueOf(value), etag);
    }
}
