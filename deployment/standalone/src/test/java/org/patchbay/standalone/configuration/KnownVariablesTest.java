package org.patchbay.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.cluster.node.Node;
import org.patchbay.standalone.configuration.Variable.Disposition.Honoured;

/**
 * The table says what is true. Who makes a variable mean something, or takes that away, changes its
 * row in variables.txt.
 */
class KnownVariablesTest {

    private static final KnownVariables KNOWN = KnownVariables.load();

    /** Variables that mean what they mean to Ditto, but under another key, with the reason. */
    private static final Map<String, String> OTHER_KEY =
            Map.of("HOSTNAME", "set in every container, so no sign of where to serve HTTP");

    @Test
    void no_variable_of_ditto_is_missing() {
        assertThat(DittoVariable.all()).hasSizeGreaterThan(300);
        assertThat(DittoVariable.all())
                .allSatisfy(ditto -> assertThat(KNOWN.named(ditto.name())).isPresent());
    }

    @Test
    void each_stands_for_the_key_that_ditto_has() {
        assertThat(DittoVariable.all())
                .filteredOn(ditto -> !OTHER_KEY.containsKey(ditto.name()))
                .allSatisfy(ditto ->
                        assertThat(KNOWN.named(ditto.name()).orElseThrow().key())
                                .as(ditto.name())
                                .isEqualTo(ditto.key()));
    }

    @Test
    void those_are_honoured_that_a_file_of_defaults_takes_a_value_from_and_no_others() {
        Set<String> inTable = names(honoured());
        Set<String> inFiles = ReferenceFiles.variables();

        assertThat(without(inFiles, inTable)).as("not 'honoured' in the table").isEmpty();
        assertThat(without(inTable, inFiles)).as("in no file of defaults").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("allHonoured")
    void an_honoured_one_sets_its_key(Variable variable) {
        Config config =
                Node.settings(ConfigFactory.empty(), Map.of(variable.name(), "as it is set"));

        ConfigValue value = config.getValue(variable.key());

        assertThat(value.unwrapped()).isEqualTo("as it is set");
        assertThat(Origin.variable(value)).contains(variable.name());
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static Set<String> names(Stream<Variable> variables) {
        return variables.map(Variable::name).collect(Collectors.toSet());
    }

    private static Stream<Variable> honoured() {
        return KNOWN.all().stream().filter(variable -> variable.disposition() instanceof Honoured);
    }

    static List<Variable> allHonoured() {
        return honoured().toList();
    }
}
