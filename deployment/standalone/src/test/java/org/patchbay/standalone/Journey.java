package org.patchbay.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.patchbay.connectivity.broker.TestBroker;

/**
 * The journey of a message: devices/NAME → JavaScript → twin NAME → events/NAME, set up over HTTP.
 */
final class Journey {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAMESPACE = "org.patchbay.test:";

    private Journey() {}

    static void setUp(PatchbayProcess patchbay, TestBroker broker, List<String> devices)
            throws IOException, InterruptedException {
        put(patchbay, "/api/2/policies/" + NAMESPACE + "policy", resource("policy.json"));
        for (String device : devices) {
            put(patchbay, "/api/2/things/" + NAMESPACE + device, resource("thing.json"));
        }
        put(
                patchbay,
                "/api/2/connections/events",
                resource("events.json").replace("${broker}", broker.uri()));
        put(
                patchbay,
                "/api/2/connections/devices",
                resource("devices.json")
                        .replace("${broker}", broker.uri())
                        .replace("${script}", escaped(resource("mapping.js"))));
        awaitOpen(patchbay);
    }

    static void awaitOpen(PatchbayProcess patchbay) {
        for (String connection : List.of("events", "devices")) {
            Awaitility.await(connection + " is open")
                    .atMost(PATIENCE)
                    .until(() ->
                            patchbay.get("/api/2/connections/" + connection + "/status")
                                    .contains("\"liveStatus\":\"open\""));
        }
    }

    static String thing(PatchbayProcess patchbay, String device)
            throws IOException, InterruptedException {
        return patchbay.get("/api/2/things/" + NAMESPACE + device);
    }

    private static void put(PatchbayProcess patchbay, String path, String body)
            throws IOException, InterruptedException {
        assertThat(patchbay.send("PUT", path, body)).startsWith("201 ");
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Journey.class.getResourceAsStream("/journey/" + name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
