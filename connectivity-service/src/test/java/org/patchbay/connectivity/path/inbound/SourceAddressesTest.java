package org.patchbay.connectivity.path.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/b, a/c, false",
        "a/#, a/b/c, true",
        "a/#, a, true",
        "#, a/b, true",
        "a/+/c, a/b/c, true",
        "a/+/c, a/b/d, false",
        "a/+, a/b/c, false",
        "a/b/c, a/b, false"
    })
    void matches_topics_by_filter(String filter, String topic, boolean matches) {
        assertThat(SourceAddresses.matches(filter, topic)).isEqualTo(matches);
    }
}
