package org.patchbay.standalone.demo;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Walks messages through the whole product and prints each step: device → broker → mapped → twin →
 * event.
 */
public final class Demo implements AutoCloseable {

    /**
     * Whom it asks, and as whom.
     *
     * @param devops {@code name:password} of who may manage connections
     * @param user {@code name:password} of who owns the twin
     * @param pause between two messages
     */
    public record Settings(URI api, String devops, String user, Duration pause) {

        /** Who the user is in a policy. */
        String subject() {
            return "nginx:" + user.substring(0, user.indexOf(':'));
        }
    }

    private static final String POLICY = "/policies/org.patchbay.demo:policy";
    private static final String THING = "/things/org.patchbay.demo:" + DemoDevice.NAME;
    private static final List<String> CONNECTIONS = List.of("demo-devices", "demo-events");
    private static final String CLIMATE = "/attributes/climate";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    /** In hundredths of a degree: readings go up and down by this. */
    private static final int[] WARMER = {0, 17, 31, 48, 31, 9};

    private static final int FIRST_TEMPERATURE = 2342;
    private static final int FIRST_HUMIDITY = 78;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final PrintStream out;
    private final DemoApi connections;
    private final DemoApi things;
    private final DemoBroker broker;
    private final DemoDevice device;
    private volatile boolean closed;

    private Demo(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        connections = new DemoApi(settings.api(), settings.devops());
        things = new DemoApi(settings.api(), settings.user());
        broker = DemoBroker.start();
        device = new DemoDevice(broker.port());
    }

    /** Sets everything up; returns when messages can flow. */
    public static Demo start(Settings settings, PrintStream out) throws InterruptedException {
        Demo demo = new Demo(settings, out);
        demo.setUp();
        return demo;
    }

    private void setUp() throws InterruptedException {
        String uri = "tcp://127.0.0.1:" + broker.port();
        things.create(POLICY, resource("policy.json").replace("${subject}", settings.subject()));
        things.create(THING, resource("thing.json"));
        connections.put(
                "/connections/demo-devices",
                resource("devices.json")
                        .replace("${broker}", uri)
                        .replace("${reading}", escaped(resource("reading.js")))
                        .replace("${answer}", escaped(resource("answer.js"))));
        connections.put(
                "/connections/demo-events", resource("events.json").replace("${broker}", uri));
        CONNECTIONS.forEach(
                id -> connections.command(commandOf(id), "connectivity.commands:openConnection"));
        for (String id : CONNECTIONS) {
            awaitOpen(id);
        }
        out.println();
        out.println("Demo: an MQTT broker listens at " + uri + ", two connections are open:");
        out.println("  demo-devices   " + DemoDevice.READINGS + " -> JavaScript -> twin");
        out.println("  demo-events    events of the twin -> " + DemoDevice.EVENTS);
    }

    private void awaitOpen(String id) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        JsonNode status = connections.get("/connections/" + id + "/status");
        while (!status.path("liveStatus").asText().equals("open")) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException(
                        "The connection " + id + " does not open: " + status);
            }
            Thread.sleep(POLL);
            status = connections.get("/connections/" + id + "/status");
        }
    }

    /** Sends a reading every now and then, until the demo is closed. */
    public void run() throws InterruptedException {
        for (int number = 1; !closed; number++) {
            try {
                sendReading(number);
                showWhatComesWithin(settings.pause());
            } catch (RuntimeException e) {
                if (!closed) {
                    throw e;
                }
                // The broker went away under a reading, as it is to when the program ends.
            }
        }
    }

    /** Events of changes that somebody else made, and what other connections publish. */
    private void showWhatComesWithin(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
            DemoDevice.Heard heard = device.other(Duration.ofNanos(left));
            if (heard != null) {
                show(heard);
            }
        }
    }

    /** One message through everything. */
    public void sendReading(int number) throws InterruptedException {
        String reading = reading(number);
        out.println();
        out.println("Message " + number);
        device.publish(reading);
        step("device -> broker", DemoDevice.READINGS, reading);
        String answer = device.answer(PATIENCE);
        if (answer == null) {
            step("no answer", "see", "/api/2/connections/demo-devices/logs");
            return;
        }
        JsonNode response = parsed(answer);
        step(
                "mapped to",
                response.path("topic").asText(),
                response.path("path").asText() + " answered " + response.path("status").asInt());
        JsonNode twin = things.get(THING + "?fields=_revision,attributes");
        step(
                "twin",
                "revision " + twin.path("_revision").asLong(),
                twin.path("attributes").toString());
        DemoDevice.Heard heard;
        do {
            heard = device.other(PATIENCE);
            if (heard == null) {
                step("no event", "see", "/api/2/connections/demo-events/logs");
                return;
            }
            show(heard);
        } while (!isEventOfReading(heard));
    }

    private static boolean isEventOfReading(DemoDevice.Heard heard) {
        return heard.topic().equals(DemoDevice.EVENTS) && heard.payload().contains(CLIMATE);
    }

    private void show(DemoDevice.Heard heard) {
        boolean event = heard.topic().equals(DemoDevice.EVENTS);
        step(
                event ? "event -> broker" : "also -> broker",
                heard.topic(),
                event ? event(parsed(heard.payload())) : heard.payload());
    }

    private static String reading(int number) {
        int step = (number - 1) % WARMER.length;
        double temperature = (FIRST_TEMPERATURE + WARMER[step]) / 100.0;
        return String.format(
                Locale.ROOT,
                "{\"temp\":\"%.2f °C\",\"hum\":%d}",
                temperature,
                FIRST_HUMIDITY - step);
    }

    /** What is worth reading of it. */
    private static String event(JsonNode event) {
        return event.path("topic").asText()
                + " "
                + event.path("path").asText()
                + " "
                + event.path("value")
                + " revision "
                + event.path("revision").asLong();
    }

    private void step(String what, String where, String content) {
        out.printf(Locale.ROOT, "  %-17s %-22s %s%n", what, where, content);
    }

    /** Closes its connections, which would go on looking for a broker that is gone. */
    @Override
    public void close() {
        closed = true;
        try {
            CONNECTIONS.forEach(id ->
                    connections.command(commandOf(id), "connectivity.commands:closeConnection"));
        } finally {
            device.close();
            broker.close();
        }
    }

    private static String commandOf(String id) {
        return "/connections/" + id + "/command";
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static String resource(String name) {
        try (InputStream in = Demo.class.getResourceAsStream("/demo/" + name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
