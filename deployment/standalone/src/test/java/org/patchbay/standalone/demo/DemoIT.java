package org.patchbay.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.standalone.PatchbayProcess;

class DemoIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String THING = "/api/2/things/org.patchbay.demo:sensor-1";

    @TempDir Path data;

    @Test
    void prints_each_step_of_a_message_and_what_others_change_and_does_so_again_on_the_same_data()
            throws IOException, InterruptedException {
        try (PatchbayProcess first = PatchbayProcess.start(data, "demo")) {
            assertThat(stepsOfTheFirstMessage(first))
                    .containsSubsequence(
                            "Message 1",
                            "device -> broker  demo/devices/sensor-1",
                            "{\"temp\":\"23.42 °C\",\"hum\":78}",
                            "mapped to         org.patchbay.demo/sensor-1/things/twin/commands/modify",
                            "/attributes/climate answered 201",
                            "twin              revision 2",
                            "{\"temperature\":23.42,\"humidity\":78}",
                            "event -> broker   demo/events/sensor-1",
                            "org.patchbay.demo/sensor-1/things/twin/events/created");
            first.terminate();
            first.awaitExit(PATIENCE);
            assertThat(first.err()).doesNotContain("Exception");
        }

        try (PatchbayProcess second = PatchbayProcess.start(data, "demo")) {
            assertThat(stepsOfTheFirstMessage(second))
                    .contains("answered 204")
                    .contains("org.patchbay.demo/sensor-1/things/twin/events/modified");

            second.send("PUT", THING + "/attributes/room", "\"kitchen\"");

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(second.out())
                                    .contains("/attributes/room \"kitchen\" revision"));
        }
    }

    private static String stepsOfTheFirstMessage(PatchbayProcess process) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(process.out()).contains("event -> broker"));
        return process.out();
    }
}
