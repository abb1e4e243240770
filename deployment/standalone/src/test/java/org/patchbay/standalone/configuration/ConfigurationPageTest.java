package org.patchbay.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.node.SourceTree;
import org.patchbay.standalone.configuration.Variable.Disposition.Elsewhere;
import org.patchbay.standalone.configuration.Variable.Disposition.Honoured;
import org.patchbay.standalone.configuration.Variable.Disposition.Instead;
import org.patchbay.standalone.configuration.Variable.Disposition.NotYet;

/**
 * The tables of docs/configuration.md say what the code does: they are made of variables.txt and of
 * the values and comments in the reference.confs. With {@code -Dgolden=write} they are written
 * anew.
 */
class ConfigurationPageTest {

    private static final Path PAGE = SourceTree.top().resolve("docs/configuration.md");
    private static final String MARK = "<!-- What follows is made by ConfigurationPageTest";
    private static final String HEAD =
            "| variable | key | default | meaning |\n|---|---|---|---|\n";

    private static final Config DEFAULTS = ReferenceFiles.defaults();
    private static final List<Variable> VARIABLES = KnownVariables.load().all();
    private static final Map<String, DittoVariable> DITTO =
            DittoVariable.all().stream()
                    .collect(Collectors.toMap(DittoVariable::name, ditto -> ditto));

    @Test
    void the_page_says_what_the_code_does() throws IOException {
        String page = Files.readString(PAGE);
        int mark = page.indexOf(MARK);
        assertThat(mark).as("the mark above what is made").isPositive();
        String expected =
                page.substring(0, mark)
                        + page.substring(mark).lines().findFirst().orElseThrow()
                        + "\n"
                        + tables();

        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/configuration.md; -Dgolden=write brings it up to date")
                .isEqualTo(expected);
    }

    @Test
    void every_honoured_variable_has_its_meaning_above_its_default() {
        assertThat(
                        VARIABLES.stream()
                                .filter(variable -> variable.disposition() instanceof Honoured)
                                .map(Variable::key)
                                .filter(key -> comment(key).isEmpty()))
                .as("keys without a comment above them in their reference.conf")
                .isEmpty();
    }

    private static String tables() {
        StringBuilder text = new StringBuilder();
        Map<String, List<Variable>> bySection =
                VARIABLES.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Variable::section,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        bySection.forEach((section, variables) -> {
            text.append("\n### ").append(section).append('\n').append(HEAD);
            variables.forEach(variable -> text.append(row(variable)));
        });
        text.append(
                "\n## Settings without a variable\n| key | default | meaning |\n|---|---|---|\n");
        text.append(withoutVariable());
        return text.toString();
    }

    private static String row(Variable variable) {
        DittoVariable ditto = DITTO.get(variable.name());
        return switch (variable.disposition()) {
            case Honoured _ ->
                    cells(
                            code(variable.name()),
                            code(variable.key()),
                            code(shown(variable.key())),
                            comment(variable.key()));
            case NotYet(var why) ->
                    cells(
                            code(variable.name()),
                            key(variable),
                            byDefault(ditto),
                            "*Not yet.* " + why);
            case Instead(var text) ->
                    cells(code(variable.name()), key(variable), byDefault(ditto), "*No.* " + text);
            case Elsewhere(var meaning) ->
                    cells(code(variable.name()), variable.key(), "", meaning);
        };
    }

    private static String withoutVariable() {
        Set<String> have = VARIABLES.stream().map(Variable::key).collect(Collectors.toSet());
        Map<String, ConfigValue> others = new TreeMap<>();
        DEFAULTS.entrySet().stream()
                .filter(entry -> entry.getKey().matches("(ditto|patchbay)\\..*"))
                .filter(entry -> !have.contains(entry.getKey()))
                .forEach(entry -> others.put(entry.getKey(), entry.getValue()));
        List<String> rows = new ArrayList<>();
        others.forEach((key, _) -> rows.add(cells(code(key), code(shown(key)), comment(key))));
        return String.join("", rows);
    }

    private static String key(Variable variable) {
        return variable.key().equals("-") ? "" : code(variable.key());
    }

    private static String byDefault(DittoVariable ditto) {
        return ditto == null || ditto.byDefault().isEmpty() ? "" : code(ditto.byDefault());
    }

    /** Defaults are no secrets: everybody knows them, which is why a start warns of some. */
    private static String shown(String key) {
        ConfigValue value = DEFAULTS.getValue(key);
        String text = String.valueOf(value.unwrapped());
        return text.isEmpty() ? "" : text;
    }

    private static String comment(String key) {
        return DEFAULTS.getValue(key).origin().comments().stream()
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text.replace("|", "\\|") + "`";
    }

    private static String cells(String... cells) {
        return "| " + String.join(" | ", List.of(cells)).replace("|  |", "| |") + " |\n";
    }
}
