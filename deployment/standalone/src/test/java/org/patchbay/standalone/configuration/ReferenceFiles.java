package org.patchbay.standalone.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchbay.cluster.node.Node;
import org.patchbay.cluster.node.SourceTree;

/** The project's own files of defaults, as they stand in the sources. */
final class ReferenceFiles {

    private static final Pattern SUBSTITUTE = Pattern.compile("\\$\\{\\?([A-Z][A-Z0-9_]*)}");

    private ReferenceFiles() {}

    /** The variables that any of them takes a value from. */
    static Set<String> variables() {
        Set<String> names = new TreeSet<>();
        for (Path file : files(".conf")) {
            Matcher found = SUBSTITUTE.matcher(read(file));
            while (found.find()) {
                names.add(found.group(1));
            }
        }
        return names;
    }

    /** All defaults, with nothing of this machine's environment. */
    static Config defaults() {
        return Node.config(ConfigFactory.empty(), Map.of());
    }

    /** The text of all sources that are no tests. */
    static List<String> sources() {
        return files(".java").stream().map(ReferenceFiles::read).toList();
    }

    private static List<Path> files(String ending) {
        try {
            return SourceTree.mainFiles(ending);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
