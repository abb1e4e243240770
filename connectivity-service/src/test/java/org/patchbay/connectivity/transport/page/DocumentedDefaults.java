package org.patchbay.connectivity.transport.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The defaults that a page names are those that count: to say one changes nothing. */
public interface DocumentedDefaults {

    ProtocolPage page();

    /** What the transport makes of the options of a connection, comparable. */
    Object options(Map<String, String> specificConfig);

    /** Options without which others mean nothing. */
    Map<String, String> others();

    @Test
    default void a_documented_default_is_what_counts_where_nothing_is_said() {
        List<ProtocolPage.Option> defaults =
                page().options().stream().filter(option -> option.value() != null).toList();

        assertThat(defaults)
                .isNotEmpty()
                .allSatisfy(option -> {
                    Map<String, String> said = new HashMap<>(others());
                    said.remove(option.keys().getFirst());
                    Object unsaid = options(Map.copyOf(said));
                    said.put(option.keys().getFirst(), option.value());
                    assertThat(options(said)).isEqualTo(unsaid);
                });
    }
}
