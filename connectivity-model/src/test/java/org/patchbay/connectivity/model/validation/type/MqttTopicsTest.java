package org.patchbay.connectivity.model.validation.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MqttTopicsTest {

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
        "a/b/c, a/b, false",
        "$share/group/a/+, a/b, true",
        "$share/group/a/+, b/b, false"
    })
    void matches_topics_by_filter(String filter, String topic, boolean matches) {
        assertThat(MqttTopics.matches(filter, topic)).isEqualTo(matches);
    }
}
