package org.patchbay.benchmarks.path;

import java.time.Duration;

/**
 * One way of sending messages through Patchbay.
 *
 * @param name also part of topics, ids and the namespace: lower-case letters, digits and dashes
 * @param inFlight how many messages are under way at a time
 * @param pause between two messages; none where the next goes as soon as it may
 */
public record Scenario(
        String name, String title, int things, int qos, int inFlight, Duration pause, Kind kind) {

    /** What the source makes of a message. */
    public enum Kind {
        /** Ditto Protocol as it is: a command that modifies a property. */
        TWIN,
        /** A reading that a script turns into such a command. */
        SCRIPT,
        /** A live message, which passes the twin and changes nothing. */
        LIVE
    }

    public static Scenario closedLoop(String name, String title, int things, int qos, Kind kind) {
        return new Scenario(name, title, things, qos, 256, Duration.ZERO, kind);
    }

    Scenario inFlight(String newName, String newTitle, int messages) {
        return new Scenario(newName, newTitle, things, qos, messages, Duration.ZERO, kind);
    }

    Scenario perSecond(String newName, String newTitle, int messages) {
        Duration between = Duration.ofNanos(1_000_000_000L / messages);
        return new Scenario(newName, newTitle, things, qos, inFlight, between, kind);
    }

    public String namespace() {
        return "org.patchbay.figures." + name.replace('-', '.');
    }

    String topicIn(int thing) {
        return name + "/in/thing-" + thing;
    }

    String filterOut() {
        return name + "/out/#";
    }

    /** A message that says which one it is, in a way that survives its journey. */
    public String payload(int number) {
        int thing = number % things;
        return switch (kind) {
            case SCRIPT -> "{\"temp\":\"23.42 °C\",\"hum\":78,\"value\":" + number + "}";
            case TWIN ->
                    """
                    {"topic":"%s/thing-%d/things/twin/commands/modify","headers":{"response-required":false},\
                    "path":"/features/meter/properties/reading","value":%d}\
                    """
                            .formatted(namespace(), thing, number);
            case LIVE ->
                    """
                    {"topic":"%s/thing-%d/things/live/messages/reading","headers":{"response-required":false,\
                    "content-type":"application/json"},"path":"/outbox/messages/reading","value":%d}\
                    """
                            .formatted(namespace(), thing, number);
        };
    }
}
