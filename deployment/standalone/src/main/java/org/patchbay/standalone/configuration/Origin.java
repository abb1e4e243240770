package org.patchbay.standalone.configuration;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchbay.cluster.node.Node;

/** Where a value came from, in words for its operator. */
final class Origin {

    static final String DEFAULT = "default";

    private static final String MERGED = "merge of ";
    private static final Pattern OURS = Pattern.compile("(reference|node|store/\\w+)\\.conf @.*");
    private static final Pattern LIBRARY = Pattern.compile("(reference|[\\w-]*version)\\.conf @.*");
    private static final Pattern LINE = Pattern.compile(": (\\d+)(-\\d+)?$");
    private static final Pattern CLASS_PATH = Pattern.compile(" @ \\S+");

    private Origin() {}

    /** A variable, a system property, a file with its line, or that nobody set it. */
    static String of(ConfigValue value) {
        return of(value.origin());
    }

    static String of(ConfigOrigin origin) {
        List<String> set =
                parts(origin)
                        .filter(part -> !OURS.matcher(part).matches())
                        .map(Origin::words)
                        .distinct()
                        .toList();
        return set.isEmpty() ? DEFAULT : String.join(", ", set);
    }

    /** Whether the value is what a library came with, so nothing of Patchbay's. */
    static boolean isLibrarys(ConfigValue value) {
        return parts(value.origin()).allMatch(part -> LIBRARY.matcher(part).matches());
    }

    private static Stream<String> parts(ConfigOrigin origin) {
        String description = origin.description();
        return description.startsWith(MERGED)
                ? Arrays.stream(description.substring(MERGED.length()).split(",", -1))
                : Stream.of(description);
    }

    /** The environment variable that a value came from. */
    static Optional<String> variable(ConfigValue value) {
        String description = value.origin().description();
        return description.startsWith(Node.ENVIRONMENT_VARIABLE)
                ? Optional.of(description.substring(Node.ENVIRONMENT_VARIABLE.length()))
                : Optional.empty();
    }

    private static String words(String part) {
        if (part.equals("system properties")) {
            return "system property";
        }
        String file = CLASS_PATH.matcher(part).replaceAll("");
        return LINE.matcher(file).replaceAll(":$1$2");
    }
}
