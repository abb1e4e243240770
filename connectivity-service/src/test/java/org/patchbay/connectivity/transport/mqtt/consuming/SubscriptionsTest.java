package org.patchbay.connectivity.transport.mqtt.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.transport.mqtt.MqttConnections;

class SubscriptionsTest {

    /** Sources stand between bars, each with its QoS; so do what is subscribed to and covered. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    1 a/b | 1 c/d                 ; a/b | c/d            ; |
                    1 a/+/t | 1 a/#               ; | a/#                ; | a/+/t
                    1 a/# | 1 a/+/t b/+           ; a/# | b/+            ; a/+/t |
                    1 a/b a/+ a/#                 ; a/#                  ; a/b a/+
                    1 a/b | 1 a/b                 ; a/b |                ; |
                    0 a/b | 1 a/b                 ; | a/b                ; |
                    0 a/# | 1 a/b                 ; a/# | a/b            ; |
                    2 a/# | 1 a/b                 ; a/# |                ; a/b |
                    1 a/+ | 1 +/b                 ; a/+ | +/b            ; |
                    1 a | 1 a/#                   ; | a/#                ; | a
                    1 # | 1 $SYS/#                ; # | $SYS/#           ; |
                    1 $share/g/a/# | 1 a/b        ; $share/g/a/# | a/b   ; |
                    1 a/# | 1 $share/g/a/b        ; a/# | $share/g/a/b   ; |
                    """)
    void what_another_filter_covers_is_not_subscribed_to(
            String sources, String subscribed, String covered) {
        List<Inbox> inboxes =
                parts(sources).stream()
                        .map(words ->
                                new Inbox(
                                        MqttConnections.source(
                                                Integer.parseInt(words.getFirst()),
                                                words.subList(1, words.size())),
                                        lost -> {}))
                        .toList();

        Subscriptions subscriptions = new Subscriptions(inboxes);

        IntStream.range(0, inboxes.size())
                .forEach(source -> {
                    assertThat(subscriptions.of(source)).isEqualTo(parts(subscribed).get(source));
                    assertThat(subscriptions.coveredBy(source))
                            .containsExactlyInAnyOrderElementsOf(parts(covered).get(source));
                });
    }

    private static List<List<String>> parts(String text) {
        return List.of(text.split("\\|", -1)).stream()
                .map(part -> List.of(part.strip().split(" ")))
                .map(words -> words.equals(List.of("")) ? List.<String>of() : words)
                .toList();
    }
}
