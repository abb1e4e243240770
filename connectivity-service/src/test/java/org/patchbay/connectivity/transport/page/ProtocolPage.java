package org.patchbay.connectivity.transport.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.node.SourceTree;
import org.patchbay.connectivity.model.ConnectionType;

/** What a page of docs/protocols promises. */
public record ProtocolPage(String name, String text) {

    private static final Pattern TYPES =
            Pattern.compile("Connection types? `([a-z0-9-]+)`(?: and `([a-z0-9-]+)`)?");
    private static final Pattern EXAMPLE = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OPTIONS =
            Pattern.compile(
                    "^\\| (?:key|option|in `specificConfig`) \\| default \\|.*\\n((?:\\|.*\\n)+)",
                    Pattern.MULTILINE);
    private static final Pattern ROW =
            Pattern.compile("^\\| (`.*?) \\| (.*?) \\| .* \\|$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** A default that is one value, with words or not behind it. */
    private static final Pattern VALUE = Pattern.compile("`([^`]+)`(?: \\(.*|, .*)?");

    /**
     * A row of the table of options.
     *
     * @param keys the options; one that ends with a star stands for all that begin like it
     * @param value what counts where nothing is said; null where that is no single value
     */
    public record Option(List<String> keys, @Nullable String value) {}

    public static List<ProtocolPage> all() {
        try (Stream<Path> files = Files.list(SourceTree.top().resolve("docs/protocols"))) {
            return files.sorted().map(ProtocolPage::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param name of the file, without its ending
     */
    public static ProtocolPage named(String name) {
        return read(SourceTree.top().resolve("docs/protocols").resolve(name + ".md"));
    }

    private static ProtocolPage read(Path file) {
        try {
            String name = file.getFileName().toString().replaceFirst("\\.md$", "");
            return new ProtocolPage(name, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The types of connection that the page is about. */
    public List<ConnectionType> types() {
        Matcher matcher = TYPES.matcher(text);
        return matcher.find()
                ? Stream.of(matcher.group(1), matcher.group(2))
                        .flatMap(Stream::ofNullable)
                        .map(ProtocolPage::type)
                        .toList()
                : List.of();
    }

    private static ConnectionType type(String wireName) {
        return Arrays.stream(ConnectionType.values())
                .filter(type -> type.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no type " + wireName));
    }

    /** Its first connection. */
    public Optional<String> example() {
        return EXAMPLE.matcher(text).results().map(found -> found.group(1)).findFirst();
    }

    public List<Option> options() {
        return OPTIONS.matcher(text)
                .results()
                .flatMap(table -> ROW.matcher(table.group(1)).results())
                .map(ProtocolPage::option)
                .toList();
    }

    private static Option option(MatchResult row) {
        List<String> keys = CODE.matcher(row.group(1)).results().map(key -> key.group(1)).toList();
        Matcher value = VALUE.matcher(row.group(2));
        return new Option(keys, keys.size() == 1 && value.matches() ? value.group(1) : null);
    }

    @Override
    public String toString() {
        return name;
    }
}
