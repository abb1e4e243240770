package org.patchbay.connectivity.transport.kafka.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

    @Test
    void an_address_is_a_topic_with_a_key_or_a_partition_or_without() {
        assertThat(Destination.of("a.topic")).isEqualTo(new Destination("a.topic", null, null));
        assertThat(Destination.of("topic/key")).isEqualTo(new Destination("topic", "key", null));
        assertThat(Destination.of("topic#3")).isEqualTo(new Destination("topic", null, 3));
    }

    @Test
    void a_key_may_hold_anything() {
        assertThat(Destination.of("topic/a/b#1\nc"))
                .isEqualTo(new Destination("topic", "a/b#1\nc", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "topic/", "topic#", "topic#x", "topic#-1", "no topic", "/key", "#1"})
    void what_is_none_leads_nowhere(String address) {
        assertThat(Destination.of(address)).isNull();
    }
}
