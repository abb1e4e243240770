package org.patchbay.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.patchbay.benchmarks.Api;
import org.patchbay.benchmarks.ServerProcess;
import org.patchbay.benchmarks.broker.EmbeddedBroker;

/**
 * A target at a tenth of the source's rate. With its acknowledgement requested, what it can't take
 * stays with the source's broker and nothing is lost; without, it is dropped and counted. Either
 * way the heap stays as it is, and another target gets everything. What is not so ends the program
 * with an error.
 */
public final class Soak {

    private static final int A_SECOND = 300;
    private static final int SLOWER = 10;
    private static final int SAMPLES = 40;
    private static final int ROWS = 10;
    private static final Duration DRAIN_MAX = Duration.ofMinutes(10);

    /**
     * How much the heap of the last quarter may be above that of the second: chance, not growth.
     */
    private static final double GROWTH_MAX = 0.10;

    private static final String JAVA_OPTS = "-Xms64m -Xmx256m -XX:+UseSerialGC";

    private record Sample(
            long second, int published, int slow, int neighbour, double heapMb, long residentMb) {

        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %d | %d | %d | %d | %.1f | %d |",
                    second,
                    published,
                    neighbour,
                    slow,
                    heapMb,
                    residentMb);
        }
    }

    private final ServerProcess server;
    private final Scene scene;
    private final Devices devices;
    private final SlowWay way;
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    private Soak(ServerProcess server, Scene scene, Devices devices, SlowWay way) {
        this.server = server;
        this.scene = scene;
        this.devices = devices;
        this.way = way;
    }

    /**
     * @param arguments the repository's folder; how many seconds, 600 where it is not given; {@code
     *     with} or {@code without} acknowledgements, both one after the other where it is not given
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path root = Path.of(arguments[0]);
        Duration time =
                Duration.ofSeconds(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 600);
        String which = arguments.length > 2 ? arguments[2] : "both";
        List<String> wrong = new ArrayList<>();
        if (!which.equals("without")) {
            wrong.addAll(run(root, time, true));
        }
        if (!which.equals("with")) {
            wrong.addAll(run(root, time, false));
        }
        wrong.forEach(one -> System.out.println("WRONG: " + one));
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private static List<String> run(Path root, Duration time, boolean acknowledged)
            throws IOException, InterruptedException {
        Map<String, String> settings =
                Map.of("PATCHBAY_ALLOW_LOOPBACK", "on", "PATCHBAY_JAVA_OPTS", JAVA_OPTS);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                SlowWay way = SlowWay.to(broker.port());
                ServerProcess server = ServerProcess.start(root, settings);
                Devices devices = new Devices(broker.port())) {
            Scene scene = new Scene(new Api(server.port()));
            scene.open(broker.port(), way.port(), acknowledged);
            Soak soak = new Soak(server, scene, devices, way);
            soak.run(time, acknowledged);
            return soak.wrong;
        }
    }

    private void run(Duration time, boolean acknowledged) throws IOException, InterruptedException {
        devices.publishOne().join();
        await("the first message", () -> devices.slow().count() == 1);
        way.limit((long) A_SECOND / SLOWER * (devices.slow().bytes() + 30));
        System.out.printf(
                Locale.ROOT,
                "%n%s acknowledgements of the slow target requested: %d messages a second for %d s,"
                        + " the slow target takes %d.%n%n",
                acknowledged ? "With" : "Without",
                A_SECOND,
                time.toSeconds(),
                A_SECOND / SLOWER);
        publishAndSample(time);
        print();
        int atEnd = devices.slow().count();
        way.limit(Long.MAX_VALUE);
        int all = devices.published();
        await("all at the neighbour", () -> devices.neighbour().count() == all);
        await("all settled", () -> settled(all, acknowledged));
        expect("the slow target was slow", atEnd < 2 * all / SLOWER + A_SECOND);
        expect("the neighbour got all", devices.neighbour().count() == all);
        account(all, acknowledged);
        heapIsFlat();
    }

    private void publishAndSample(Duration time) throws IOException, InterruptedException {
        Thread publishing =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                devices.publish(A_SECOND, time);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        long begin = System.nanoTime();
        long interval = time.toNanos() / SAMPLES;
        for (int n = 1; n <= SAMPLES; n++) {
            TimeUnit.NANOSECONDS.sleep(begin + n * interval - System.nanoTime());
            samples.add(
                    new Sample(
                            Math.round((System.nanoTime() - begin) / 1e9),
                            devices.published(),
                            devices.slow().count(),
                            devices.neighbour().count(),
                            Heap.liveMb(server.pid()),
                            server.residentMb()));
        }
        publishing.join();
    }

    /** Whether all that came is out or counted as dropped. */
    private boolean settled(int all, boolean acknowledged) {
        return acknowledged
                ? devices.slow().count() == all
                : slow("published", "success") + slow("dropped", "failure") == all
                        && devices.slow().count() == slow("published", "success");
    }

    private void account(int all, boolean acknowledged) {
        long consumed = scene.count("soak-in", "inbound", "consumed", "success");
        long published = slow("published", "success");
        long dropped = slow("dropped", "failure");
        System.out.printf(
                Locale.ROOT,
                "%nDevices published %d, consumed were %d. The neighbour got %d (%d of them twice)."
                        + " The slow target got %d (%d twice); published %d, dropped %d.%n%n",
                all,
                consumed,
                devices.neighbour().count(),
                devices.neighbour().again(),
                devices.slow().count(),
                devices.slow().again(),
                published,
                dropped);
        expect("all was consumed", consumed == all);
        expect("nothing failed to be published", slow("published", "failure") == 0);
        if (acknowledged) {
            expect("nothing was lost", devices.slow().count() == all);
            expect("nothing was dropped", dropped == 0);
        } else {
            expect("published + dropped = arrived", published + dropped == all);
            expect("what is published is there", devices.slow().count() == published);
            expect("something was dropped", dropped > 0);
        }
    }

    private void heapIsFlat() {
        double early = meanMb(SAMPLES / 4, SAMPLES / 2);
        double late = meanMb(SAMPLES - SAMPLES / 4, SAMPLES);
        System.out.printf(
                Locale.ROOT,
                "Heap after garbage collection: %.1f MB in the second quarter, %.1f MB in the"
                        + " last.%n",
                early,
                late);
        expect("the heap is flat", late <= early * (1 + GROWTH_MAX));
    }

    private double meanMb(int from, int to) {
        return samples.subList(from, to).stream()
                .mapToDouble(Sample::heapMb)
                .average()
                .orElseThrow();
    }

    private void print() {
        System.out.println(
                "| s | published | at the neighbour | at the slow target | heap MB | RSS MB |");
        System.out.println("|---|---|---|---|---|---|");
        for (int n = SAMPLES / ROWS - 1; n < SAMPLES; n += SAMPLES / ROWS) {
            System.out.println(samples.get(n).row());
        }
    }

    private long slow(String type, String outcome) {
        return scene.count("soak-slow", "outbound", type, outcome);
    }

    private void expect(String what, boolean is) {
        if (!is) {
            wrong.add("not so: " + what);
        }
    }

    private void await(String what, BooleanSupplier is) throws InterruptedException {
        long end = System.nanoTime() + DRAIN_MAX.toNanos();
        while (!is.getAsBoolean()) {
            if (System.nanoTime() > end) {
                wrong.add("still waiting after " + DRAIN_MAX.toMinutes() + " minutes for " + what);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
