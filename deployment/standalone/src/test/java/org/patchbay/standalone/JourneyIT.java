package org.patchbay.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.broker.TestBroker;

/** The main job, end to end: the program as a process, a broker, a device. */
class JourneyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MESSAGES = 1_000;
    private static final int BEFORE_THE_KILL = 200;
    private static final List<String> DEVICES =
            IntStream.range(0, 10).mapToObj(i -> "device-" + i).toList();
    private static final Pattern NUMBER = Pattern.compile("\\br(\\d+)\"?");

    @TempDir Path data;

    @Test
    void a_reading_becomes_an_attribute_of_the_twin_and_an_event_on_another_topic()
            throws Exception {
        try (TestBroker broker = EmbeddedMqttBroker.started();
                PatchbayProcess patchbay = PatchbayProcess.start(data).awaitReady();
                MqttProbe listener = MqttProbe.listening(broker, "events/#");
                MqttProbe device = MqttProbe.at(broker)) {
            Journey.setUp(patchbay, broker, List.of("boiler"));

            device.publish("devices/boiler", "{\"temp\":\"23.42 °C\",\"hum\":78}", 1);

            Awaitility.await().atMost(PATIENCE).until(() -> listener.received().size() == 1);
            assertThat(listener.received().getFirst().getTopic()).hasToString("events/boiler");
            assertThat(listener.payloads().getFirst())
                    .contains("\"topic\":\"org.patchbay.test/boiler/things/twin/events/created\"")
                    .contains("\"path\":\"/attributes/climate\"")
                    .contains("\"value\":{\"temperature\":23.42,\"humidity\":78}");
            assertThat(Journey.thing(patchbay, "boiler"))
                    .contains("\"climate\":{\"temperature\":23.42,\"humidity\":78}");
        }
    }

    @Test
    void a_kill_in_the_middle_loses_no_message_and_no_event() throws Exception {
        try (TestBroker broker = EmbeddedMqttBroker.started();
                MqttProbe listener = MqttProbe.listening(broker, "events/#");
                MqttProbe device = MqttProbe.at(broker)) {
            try (PatchbayProcess patchbay = PatchbayProcess.start(data).awaitReady()) {
                Journey.setUp(patchbay, broker, DEVICES);
                Thread publishing = Thread.startVirtualThread(() -> publishAll(device));
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> listener.received().size() >= BEFORE_THE_KILL);
                patchbay.kill();
                patchbay.awaitExit(PATIENCE);
                assertThat(numbers(listener.payloads())).hasSizeLessThan(MESSAGES);
                publishing.join();
            }

            try (PatchbayProcess again = PatchbayProcess.start(data).awaitReady()) {
                Journey.awaitOpen(again);

                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(missing(inTwins(again))).isEmpty());
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(missing(numbers(listener.payloads()))).isEmpty());
            }
        }
    }

    private static void publishAll(MqttProbe device) {
        for (int number = 0; number < MESSAGES; number++) {
            device.publish(
                    "devices/" + DEVICES.get(number % DEVICES.size()),
                    "{\"number\":%d,\"temp\":\"23.42 °C\",\"hum\":78}".formatted(number),
                    1);
        }
    }

    private static Set<Integer> inTwins(PatchbayProcess patchbay) throws Exception {
        Set<Integer> found = new HashSet<>();
        for (String device : DEVICES) {
            found.addAll(numbers(List.of(Journey.thing(patchbay, device))));
        }
        return found;
    }

    private static Set<Integer> numbers(List<String> texts) {
        return texts.stream()
                .flatMap(text -> NUMBER.matcher(text).results())
                .map(result -> Integer.parseInt(result.group(1)))
                .collect(Collectors.toSet());
    }

    private static Set<Integer> missing(Set<Integer> found) {
        return IntStream.range(0, MESSAGES)
                .boxed()
                .filter(number -> !found.contains(number))
                .collect(Collectors.toSet());
    }
}
