package org.patchbay.benchmarks.path;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.patchbay.benchmarks.Api;
import org.patchbay.benchmarks.ServerProcess;
import org.patchbay.benchmarks.bare.BareProcess;
import org.patchbay.benchmarks.broker.Broker;
import org.patchbay.benchmarks.broker.MqttBroker;
import org.patchbay.benchmarks.load.Load;
import org.patchbay.benchmarks.load.MqttEnds;
import org.patchbay.benchmarks.load.Profile;
import org.patchbay.benchmarks.path.Scenario.Kind;

/**
 * What a message costs on its way from a broker through Patchbay to a broker. Each part starts a
 * server of its own, warms up, measures, and ends by itself within five minutes.
 */
public final class PathFigures {

    private static final Map<String, String> SETTINGS = Map.of("PATCHBAY_ALLOW_LOOPBACK", "on");
    private static final int ROUNDS = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration WARM_UP_OF_PAIRS = Duration.ofSeconds(12);
    private static final Duration WARM_UP_AGAIN = Duration.ofSeconds(6);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final Duration MEASURED_SLOWLY = Duration.ofSeconds(30);

    private static final String BARE_IN = "bare/in";
    private static final String BARE_OUT = "bare/out";

    private static final String HEAD =
            """
            | what | messages a second | CPU ms a message | p50 ms | p99 ms | resident MB |
            |---|---|---|---|---|---|\
            """;

    private static final Scenario TEN =
            Scenario.closedLoop("ten", "QoS 1, 10 things", 10, 1, Kind.TWIN);
    private static final Scenario ONE =
            Scenario.closedLoop("one", "QoS 1, 1 thing", 1, 1, Kind.TWIN);
    private static final Scenario THOUSAND =
            Scenario.closedLoop("thousand", "QoS 1, 1,000 things", 1_000, 1, Kind.TWIN);
    private static final Scenario AT_MOST_ONCE =
            Scenario.closedLoop("most", "QoS 0, 10 things", 10, 0, Kind.TWIN);
    private static final Scenario SCRIPT =
            Scenario.closedLoop("script", "QoS 1, 10 things, JavaScript", 10, 1, Kind.SCRIPT);
    private static final Scenario LIVE =
            Scenario.closedLoop("live", "live messages, QoS 1", 10, 1, Kind.LIVE);

    private final Path root;
    private final Broker broker;

    private PathFigures(Path root, Broker broker) {
        this.root = root;
        this.broker = broker;
    }

    /**
     * @param arguments the repository's folder; the part; for a profile, the file it goes to
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String part = arguments.length > 1 ? arguments[1] : "twin";
        try (Broker broker = MqttBroker.start()) {
            PathFigures figures = new PathFigures(Path.of(arguments[0]), broker);
            switch (part) {
                case "twin" -> figures.measure(TEN, THOUSAND, ONE, AT_MOST_ONCE);
                case "script" -> figures.measure(SCRIPT);
                case "latency" ->
                        figures.measure(
                                TEN.inFlight("single", "QoS 1, one message under way", 1),
                                TEN.perSecond("slow", "QoS 1, 100 messages a second", 100));
                case "live" -> figures.live();
                case "quick" -> figures.measure(TEN);
                case "pair" -> figures.pair(Path.of(arguments[2]), scenarios(arguments));
                case "profile" -> figures.profile(TEN, Path.of(arguments[2]));
                case "profile-live" -> figures.profile(LIVE, Path.of(arguments[2]));
                default -> throw new IllegalArgumentException("There is no part " + part);
            }
        }
        // The client library's threads stay.
        System.exit(0);
    }

    private static List<Scenario> scenarios(String[] arguments) {
        List<Scenario> all = List.of(ONE, TEN, THOUSAND, AT_MOST_ONCE, SCRIPT, LIVE);
        List<String> wanted = List.of(arguments).subList(3, arguments.length);
        return all.stream().filter(scenario -> wanted.contains(scenario.name())).toList();
    }

    /** This build beside another one, in turns, so that a busy machine is as busy for both. */
    private void pair(Path other, List<Scenario> scenarios)
            throws IOException, InterruptedException {
        try (Broker otherBroker = MqttBroker.start();
                ServerProcess here = start();
                ServerProcess there = ServerProcess.start(other, SETTINGS)) {
            PathFigures before = new PathFigures(other, otherBroker);
            System.out.println("\n" + HEAD);
            for (Scenario scenario : scenarios) {
                before.open(there, scenario, WARM_UP_OF_PAIRS);
                open(here, scenario, WARM_UP_OF_PAIRS);
                for (int round = 0; round < ROUNDS; round++) {
                    before.row(there, scenario, "before: " + scenario.title());
                    row(here, scenario, "after: " + scenario.title());
                }
            }
        }
    }

    private void measure(Scenario... scenarios) throws IOException, InterruptedException {
        try (ServerProcess server = start()) {
            TimeUnit.SECONDS.sleep(5);
            System.out.println("\nIdle: " + server.residentMb() + " MB resident\n\n" + HEAD);
            Duration warmUp = WARM_UP;
            for (Scenario scenario : scenarios) {
                open(server, scenario, warmUp);
                row(server, scenario, scenario.title());
                new Setup(new Api(server.port())).close(scenario);
                warmUp = WARM_UP_AGAIN;
            }
        }
    }

    /** Opens its connections and warms up at full speed, whatever is measured then. */
    private void open(ServerProcess server, Scenario scenario, Duration warmUp)
            throws InterruptedException {
        new Setup(new Api(server.port())).open(scenario, broker.port());
        Scenario fast =
                new Scenario(
                        scenario.name(),
                        scenario.title(),
                        scenario.things(),
                        scenario.qos(),
                        256,
                        Duration.ZERO,
                        scenario.kind());
        try (Load load = load(fast)) {
            load.watch(warmUp);
        }
        TimeUnit.SECONDS.sleep(1);
    }

    private void row(ServerProcess server, Scenario scenario, String title)
            throws IOException, InterruptedException {
        boolean slow = !scenario.pause().isZero();
        try (Load load = load(scenario)) {
            load.watch(Duration.ofSeconds(2));
            Duration time = slow ? MEASURED_SLOWLY : MEASURED;
            watch(title, load, server::cpu, time, server.residentMb());
        }
    }

    private static double watch(
            String title, Load load, Supplier<Duration> cpu, Duration time, long residentMb)
            throws InterruptedException {
        Duration before = cpu.get();
        Load.Result result = load.watch(time);
        double cpuMs = cpu.get().minus(before).toNanos() / 1e6 / result.messages();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.3f | %.2f | %.2f | %d |%n",
                title,
                result.perSecond(),
                cpuMs,
                result.percentileMs(0.5),
                result.percentileMs(0.99),
                residentMb);
        return result.perSecond();
    }

    /**
     * Both processes are there all the time, so that both are measured under the same conditions.
     */
    private void live() throws IOException, InterruptedException {
        Scenario plain = LIVE.inFlight("bare", "bare client loop, QoS 1", 256);
        try (ServerProcess server = start();
                BareProcess bare = BareProcess.start("mqtt", broker.port(), BARE_IN, BARE_OUT)) {
            open(server, LIVE, WARM_UP);
            try (Load load = bareLoad(plain)) {
                load.watch(WARM_UP_AGAIN);
            }
            System.out.println("\n" + HEAD);
            double live = 0;
            double loop = 0;
            for (int round = 0; round < ROUNDS; round++) {
                try (Load load = load(LIVE)) {
                    load.watch(Duration.ofSeconds(2));
                    live += watch(LIVE.title(), load, server::cpu, MEASURED, server.residentMb());
                }
                try (Load load = bareLoad(plain)) {
                    load.watch(Duration.ofSeconds(2));
                    loop += watch(plain.title(), load, bare::cpu, MEASURED, 0);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%nLive messages: %.2f of the bare loop's messages a second.%n",
                    live / loop);
        }
    }

    private Load load(Scenario how) {
        var ends =
                new MqttEnds(
                        broker.port(),
                        number -> how.topicIn(number % how.things()),
                        how.filterOut(),
                        how.qos());
        return new Load(ends, how::payload, how.inFlight(), how.pause());
    }

    private Load bareLoad(Scenario plain) {
        var ends = new MqttEnds(broker.port(), _ -> BARE_IN, BARE_OUT, plain.qos());
        return new Load(ends, plain::payload, plain.inFlight(), plain.pause());
    }

    private void profile(Scenario scenario, Path file) throws IOException, InterruptedException {
        try (ServerProcess server = start()) {
            open(server, scenario, WARM_UP);
            System.out.println("\n" + HEAD);
            try (Load load = load(scenario)) {
                load.watch(Duration.ofSeconds(3));
                watch(scenario.title(), load, server::cpu, MEASURED, server.residentMb());
                Profile.start(server.pid());
                load.watch(MEASURED);
                Profile.stop(server.pid(), file);
            }
            Profile.print(file);
        }
    }

    private ServerProcess start() throws IOException, InterruptedException {
        System.out.println("The broker is " + broker.name() + ".");
        return ServerProcess.start(root, SETTINGS);
    }
}
