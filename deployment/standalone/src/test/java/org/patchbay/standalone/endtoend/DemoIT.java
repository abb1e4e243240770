package org.patchbay.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DemoIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void prints_each_step_of_a_message_and_does_so_again_on_the_same_data() {
        try (Product product = Product.started("demo")) {
            awaitMessages(product, 1);
            assertThat(product.printed())
                    .containsSubsequence(
                            "Message 1",
                            "device -> broker  demo/devices/sensor-1",
                            "{\"temp\":\"23.42 °C\",\"hum\":78}",
                            "mapped to         org.patchbay.demo/sensor-1/things/twin/commands/modify",
                            "/attributes/climate answered 2",
                            "twin              revision ",
                            "{\"temperature\":23.42,\"humidity\":78}",
                            "event -> broker   demo/events/sensor-1",
                            "org.patchbay.demo/sensor-1/things/twin/events/");

            product.stop();
            product.start();

            awaitMessages(product, 2);
        }
    }

    /** Each run begins with its message 1. */
    private static void awaitMessages(Product product, int runs) {
        Awaitility.await("the demo's events")
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    String[] started = product.printed().split("Message 1\\R", -1);
                    assertThat(started).hasSize(runs + 1);
                    assertThat(started[runs]).contains("event -> broker");
                });
    }
}
