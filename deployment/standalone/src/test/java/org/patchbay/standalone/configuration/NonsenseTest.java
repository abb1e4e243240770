package org.patchbay.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.standalone.SettingsOfNode;

/**
 * Every honoured variable is really read, and before anything starts: nonsense is refused in one
 * line that names it. Any text will do for some; of these the program must at least know the key.
 */
class NonsenseTest {

    private static final String NONSENSE = "b%nana";
    private static final Config DEFAULTS = ReferenceFiles.defaults();
    private static final List<String> SOURCES = ReferenceFiles.sources();

    /** Durations and sizes are texts to the format of the file. */
    private static final Pattern MEASURE =
            Pattern.compile("[\\d.]+ ?[a-zA-Z]{0,5}|infinite|off|on");

    @ParameterizedTest(name = "{0}")
    @MethodSource("measured")
    void nonsense_is_refused_by_name(String name) {
        Configuration configuration = SettingsOfNode.read(Map.of(name, NONSENSE));

        assertThat(configuration.wrong())
                .as(name)
                .singleElement()
                .satisfies(line ->
                        assertThat(line)
                                .containsPattern("(ditto|patchbay|pekko)\\.[\\w.-]+ = ")
                                .contains(
                                        NONSENSE, "(environment variable " + name + ")", "must "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void a_text_is_read_by_the_program(String key) {
        String last = ConfigUtil.splitPath(key).getLast();

        assertThat(SOURCES).as("sources that read " + key).anyMatch(s -> s.contains(last + "\""));
    }

    private static Stream<String> measured() {
        return variables(true).map(Variable::name);
    }

    /** What libraries read need not be known to the program. */
    private static Stream<String> texts() {
        return variables(false).map(Variable::key).filter(key -> !key.startsWith("pekko."));
    }

    private static Stream<Variable> variables(boolean measured) {
        return KnownVariablesTest.allHonoured().stream()
                .filter(variable -> isMeasured(DEFAULTS.getValue(variable.key())) == measured);
    }

    private static boolean isMeasured(ConfigValue value) {
        return !(value instanceof ConfigList)
                && (value.valueType() != ConfigValueType.STRING
                        || MEASURE.matcher(String.valueOf(value.unwrapped())).matches());
    }
}
