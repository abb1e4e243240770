package org.patchbay.benchmarks.transports;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.patchbay.benchmarks.Api;
import org.patchbay.benchmarks.ServerProcess;
import org.patchbay.benchmarks.bare.BareProcess;
import org.patchbay.benchmarks.load.Load;
import org.patchbay.benchmarks.load.Profile;
import org.patchbay.benchmarks.path.Scenario;
import org.patchbay.benchmarks.path.Setup;
import org.patchbay.benchmarks.transports.ends.Way;

/**
 * Live messages from one broker to the same broker, through Patchbay and through a bare loop of the
 * same client library, in turns: so many messages each, or for so long. A live message passes its
 * thing for permission and changes nothing, so that what is measured is the way from a source to a
 * target. Source and target are in connections of their own, since what came by a connection does
 * not leave by it.
 */
public final class TransportFigures {

    private static final List<String> ALL =
            List.of("mqtt", "mqtt-5", "amqp-091", "amqp-10", "kafka", "hono", "http-push");

    private static final int ROUNDS = 6;
    private static final int MESSAGES = 100_000;
    private static final Duration TURN_MAX = Duration.ofSeconds(6);
    private static final Duration PROFILED = Duration.ofSeconds(12);

    /**
     * By then nearly all that runs often is compiled. With fewer, each turn of Patchbay, which has
     * more to compile than a loop has, is quicker than the one before.
     */
    private static final int WARM_UP = 2_000_000;

    private static final Duration WARM_UP_MAX = Duration.ofSeconds(90);
    private static final double FLOOR = 1 / 3.0;

    private static final Scenario LIVE =
            Scenario.closedLoop("transport", "live messages", 10, 1, Scenario.Kind.LIVE);

    private static final String HEAD =
            """
            | type | what | messages a second | CPU ms a message | p50 ms | p99 ms |
            |---|---|---|---|---|---|\
            """;

    /** What came of all turns of one side. */
    private static final class Sum {
        private double messages;
        private double seconds;
        private double cpuMs;

        void add(Load.Result result, Duration cpu) {
            messages += result.messages();
            seconds += result.seconds();
            cpuMs += cpu.toNanos() / 1e6;
        }

        double perSecond() {
            return messages / seconds;
        }

        double cpuMsEach() {
            return cpuMs / messages;
        }
    }

    private final Path root;
    private final List<String> summary = new ArrayList<>();
    private boolean failed;

    private TransportFigures(Path root) {
        this.root = root;
    }

    /**
     * @param arguments the repository's folder; types of connections, all when missing; or the word
     *     profile, a type, and the file that its profile goes to
     */
    public static void main(String[] arguments) throws Exception {
        TransportFigures figures = new TransportFigures(Path.of(arguments[0]));
        List<String> wanted = List.of(arguments).subList(1, arguments.length);
        if (wanted.size() == 3 && wanted.getFirst().equals("profile")) {
            figures.profile(wanted.get(1), Path.of(wanted.get(2)));
        } else {
            figures.measure(wanted.isEmpty() ? ALL : wanted);
        }
        // The client libraries' threads stay.
        System.exit(figures.failed ? 1 : 0);
    }

    private static Lane lane(String type) throws Exception {
        return switch (type) {
            case "mqtt", "mqtt-5" -> MqttLane.start(type);
            case "amqp-091" -> Amqp091Lane.start();
            case "amqp-10" -> Amqp10Lane.start();
            case "kafka" -> KafkaLane.start();
            case "hono" -> HonoLane.start();
            case "http-push" -> HttpLane.start();
            default ->
                    throw new IllegalArgumentException(
                            "There is no type " + type + "; there are " + String.join(", ", ALL));
        };
    }

    private void measure(List<String> types) throws Exception {
        System.out.println(HEAD);
        for (String type : types) {
            try (Lane lane = lane(type)) {
                lane.prepare();
                compare(type, lane);
            } catch (IllegalStateException e) {
                // A broker that is not installed is no reason to leave out the others.
                summary.add("| " + type + " | not measured: " + e.getMessage() + " | | | | | |");
                failed = true;
            }
        }
        System.out.println(
                """

                | type | broker | Patchbay, messages a second | bare loop | ratio | CPU ms a message, Patchbay | bare loop |
                |---|---|---|---|---|---|---|\
                """);
        summary.forEach(System.out::println);
    }

    /**
     * Both processes are there all the time, so that both are measured under the same conditions.
     */
    private void compare(String type, Lane lane) throws Exception {
        try (ServerProcess server = start(lane);
                BareProcess bare =
                        BareProcess.start(type, lane.port(), lane.bare().in(), lane.bare().out())) {
            warmUp(lane, lane.patchbay());
            warmUp(lane, lane.bare());
            Sum patchbay = new Sum();
            Sum loop = new Sum();
            for (int round = 0; round < ROUNDS; round++) {
                turn(type + " | Patchbay", lane, lane.patchbay(), server::cpu, patchbay);
                turn(type + " | bare loop", lane, lane.bare(), bare::cpu, loop);
            }
            double ratio = patchbay.perSecond() / loop.perSecond();
            failed |= ratio < FLOOR;
            summary.add(
                    String.format(
                            Locale.ROOT,
                            "| %s | %s | %.0f | %.0f | %.2f%s | %.3f | %.3f |",
                            type,
                            lane.broker(),
                            patchbay.perSecond(),
                            loop.perSecond(),
                            ratio,
                            ratio < FLOOR ? ", below the floor" : "",
                            patchbay.cpuMsEach(),
                            loop.cpuMsEach()));
        }
    }

    private ServerProcess start(Lane lane) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(lane.settings());
        settings.put("PATCHBAY_ALLOW_LOOPBACK", "on");
        ServerProcess server = ServerProcess.start(root, settings);
        new Setup(new Api(server.port())).open(LIVE, lane.source(), lane.target());
        return server;
    }

    private static Load load(Lane lane, Way way) throws Exception {
        return new Load(lane.ends(way), LIVE::payload, LIVE.inFlight(), LIVE.pause());
    }

    private static void warmUp(Lane lane, Way way) throws Exception {
        try (Load load = load(lane, way)) {
            load.watch(WARM_UP, WARM_UP_MAX);
        }
    }

    private static void turn(String title, Lane lane, Way way, Supplier<Duration> cpu, Sum sum)
            throws Exception {
        try (Load load = load(lane, way)) {
            load.watch(Duration.ofSeconds(1));
            Duration before = cpu.get();
            Load.Result result = load.watch(MESSAGES, TURN_MAX);
            Duration used = cpu.get().minus(before);
            sum.add(result, used);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.3f | %.2f | %.2f |%n",
                    title,
                    result.perSecond(),
                    used.toNanos() / 1e6 / result.messages(),
                    result.percentileMs(0.5),
                    result.percentileMs(0.99));
        }
    }

    private void profile(String type, Path file) throws Exception {
        try (Lane lane = lane(type)) {
            lane.prepare();
            profile(type, lane, file);
        }
    }

    private void profile(String type, Lane lane, Path file) throws Exception {
        try (ServerProcess server = start(lane)) {
            warmUp(lane, lane.patchbay());
            System.out.println(HEAD);
            turn(type + " | Patchbay", lane, lane.patchbay(), server::cpu, new Sum());
            try (Load load = load(lane, lane.patchbay())) {
                load.watch(Duration.ofSeconds(1));
                Profile.start(server.pid());
                load.watch(PROFILED);
                Profile.stop(server.pid(), file);
            }
            Profile.print(file);
        }
    }
}
