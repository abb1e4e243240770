package org.patchbay.connectivity.transport.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.option.DeadLetterOptions;
import org.patchbay.connectivity.model.validation.type.OptionTable;

/** A page names the options that its types have, and none that they do not have. */
class DocumentedOptionsTest {

    /** Options of any type, which have a page of their own. */
    private static final Set<String> OF_ALL =
            Set.of(DeadLetterOptions.ADDRESS, DeadLetterOptions.QOS);

    static Stream<ProtocolPage> pages() {
        return ProtocolPage.all().stream();
    }

    @Test
    void every_type_that_can_be_opened_is_on_one_page() {
        List<ConnectionType> documented = pages().flatMap(page -> page.types().stream()).toList();

        assertThat(documented)
                .doesNotHaveDuplicates()
                .contains(ConnectionType.MQTT, ConnectionType.MQTT_5, ConnectionType.AMQP_091);
        assertThat(pages()).allSatisfy(page -> assertThat(page.types()).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_names_the_options_of_its_types(ProtocolPage page) {
        Set<String> known =
                page.types().stream()
                        .flatMap(type -> OptionTable.of(type).keySet().stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        List<String> named =
                page.options().stream().flatMap(option -> option.keys().stream()).toList();

        assertThat(named).as("each once").doesNotHaveDuplicates();
        assertThat(known)
                .as("options that the page names")
                .allMatch(key -> named.stream().anyMatch(name -> covers(name, key)));
        assertThat(named)
                .as("options that there are")
                .allMatch(name ->
                        OF_ALL.contains(name) || known.stream().anyMatch(key -> covers(name, key)));
    }

    private static boolean covers(String name, String key) {
        return name.endsWith("*")
                ? key.startsWith(name.substring(0, name.length() - 1))
                : key.equals(name);
    }
}
