package org.patchbay.standalone.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The variables that operators of Ditto bring along: ours must account for each. */
record DittoVariable(String name, String key, String byDefault) {

    static List<DittoVariable> all() {
        try (InputStream in = DittoVariable.class.getResourceAsStream("/ditto-variables.txt")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split("\\|", 3)).map(String::strip).toList())
                    .map(cells -> new DittoVariable(cells.get(0), cells.get(1), cells.get(2)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
