package org.patchbay.standalone.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.patchbay.standalone.configuration.Variable.Disposition;
import org.patchbay.standalone.configuration.Variable.Disposition.Elsewhere;
import org.patchbay.standalone.configuration.Variable.Disposition.Honoured;
import org.patchbay.standalone.configuration.Variable.Disposition.Instead;
import org.patchbay.standalone.configuration.Variable.Disposition.NotYet;

/** All variables there are, from the table in {@code variables.txt}. */
public final class KnownVariables {

    private static final String TABLE = "variables.txt";

    private final Map<String, Variable> byName;

    private KnownVariables(Map<String, Variable> byName) {
        this.byName = byName;
    }

    public static KnownVariables load() {
        try (InputStream in = KnownVariables.class.getResourceAsStream(TABLE)) {
            byte[] text = Objects.requireNonNull(in, TABLE).readAllBytes();
            return parse(new String(text, StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KnownVariables parse(List<String> lines) {
        Map<String, Disposition> reasons = new HashMap<>();
        Map<String, Variable> byName = new LinkedHashMap<>();
        String section = "";
        for (String line : lines) {
            if (line.startsWith("## ")) {
                section = line.substring("## ".length());
            }
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> cells = Arrays.stream(line.split("\\|", 4)).map(String::strip).toList();
            if (cells.getFirst().startsWith("@")) {
                reasons.put(cells.getFirst(), disposition(cells.get(1), cells.get(2)));
            } else {
                Variable variable = variable(section, cells, reasons);
                if (byName.put(variable.name(), variable) != null) {
                    throw new IllegalStateException(variable.name() + " stands there twice");
                }
            }
        }
        return new KnownVariables(byName);
    }

    private static Variable variable(
            String section, List<String> cells, Map<String, Disposition> reasons) {
        String word = cells.get(2);
        Disposition disposition =
                word.startsWith("@")
                        ? Objects.requireNonNull(reasons.get(word), word)
                        : disposition(word, cells.size() > 3 ? cells.get(3) : "");
        return new Variable(section, cells.getFirst(), cells.get(1), disposition);
    }

    private static Disposition disposition(String word, String text) {
        return switch (word) {
            case "honoured" -> new Honoured();
            case "not yet" -> new NotYet(text);
            case "instead" -> new Instead(text);
            case "elsewhere" -> new Elsewhere(text);
            default -> throw new IllegalStateException("no disposition: " + word);
        };
    }

    /** In the order of the table. */
    public List<Variable> all() {
        return List.copyOf(byName.values());
    }

    public Optional<Variable> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
