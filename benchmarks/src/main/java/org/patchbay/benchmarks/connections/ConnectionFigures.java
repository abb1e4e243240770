package org.patchbay.benchmarks.connections;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.patchbay.benchmarks.Api;
import org.patchbay.benchmarks.Measurement;
import org.patchbay.benchmarks.ServerProcess;
import org.patchbay.benchmarks.broker.EmbeddedBroker;

/**
 * What managing connections takes with one and with many of them in the store: create, retrieve,
 * list, open. Everything runs on this machine, server, load and broker.
 */
public final class ConnectionFigures {

    private static final String BASE = "/api/2/connections";
    private static final int AT_A_TIME = 8;
    private static final int CALLS = 1_000;
    private static final int OPENED = 100;
    private static final int WARM_UP = 1_500;

    private final ServerProcess server;
    private final Api api;
    private final int brokerPort;

    private ConnectionFigures(ServerProcess server, int brokerPort) {
        this.server = server;
        this.api = new Api(server.port());
        this.brokerPort = brokerPort;
    }

    /**
     * @param arguments the repository's folder; how many connections, 10000 where it is not given
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int many = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                ServerProcess server =
                        ServerProcess.start(
                                Path.of(arguments[0]), Map.of("PATCHBAY_ALLOW_LOOPBACK", "on"))) {
            new ConnectionFigures(server, broker.port()).run(many);
        }
    }

    private void run(int many) throws InterruptedException {
        warmUp();
        print("With 1 connection in the store", few());
        List<Measurement> all = new ArrayList<>();
        all.add(measure("create", many, this::create));
        all.addAll(reading(many));
        all.addAll(opening(many));
        print("With " + many + " connections in the store", all);
        System.out.println(idsAgainstBytes());
    }

    /** So that the first figures are not those of a JVM that compiles. */
    private void warmUp() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            int offset = 1_000_000 * (i + 1);
            measure("warm-up", WARM_UP / 3, n -> create(offset + n));
            measure("warm-up", WARM_UP / 3, n -> api.get(path(offset + n)));
            measure("warm-up", WARM_UP / 30, _ -> api.get(BASE + "?ids-only=true"));
            measure("warm-up", WARM_UP / 3, n -> delete(offset + n));
        }
    }

    private List<Measurement> few() throws InterruptedException {
        create(0);
        List<Measurement> few = new ArrayList<>();
        few.add(
                measure(
                        "create and delete again",
                        CALLS,
                        n -> {
                            create(2_000_000 + n);
                            delete(2_000_000 + n);
                        }));
        few.addAll(reading(1));
        few.addAll(opening(1));
        return few;
    }

    private List<Measurement> reading(int present) throws InterruptedException {
        List<Measurement> reading = new ArrayList<>();
        reading.add(measure("retrieve", CALLS, n -> api.get(path(n * 7_919 % present))));
        reading.add(measure("list 100 of them", CALLS / 10, _ -> api.get(BASE + "?limit=100")));
        reading.add(measure("list all ids", CALLS / 10, _ -> api.get(BASE + "?ids-only=true")));
        return reading;
    }

    /** Opened and closed again; with one connection it is always the same. */
    private List<Measurement> opening(int present) throws InterruptedException {
        int atATime = present == 1 ? 1 : AT_A_TIME;
        Measurement opened =
                Measurement.of(
                        present == 1 ? "open and close" : "open",
                        OPENED,
                        atATime,
                        server::cpu,
                        n -> {
                            command(n % present, "openConnection");
                            if (present == 1) {
                                command(0, "closeConnection");
                            }
                        });
        return List.of(opened);
    }

    /** What the ids cost beside a document of the same server that is only sent. */
    private String idsAgainstBytes() throws InterruptedException {
        String document = "/openapi.json";
        double idsBytes = api.get(BASE + "?ids-only=true").length();
        double plainBytes = api.get(document).length();
        Measurement plain = measure("a plain document", CALLS / 2, _ -> api.get(document));
        Measurement ids = measure("all ids", CALLS / 2, _ -> api.get(BASE + "?ids-only=true"));
        double perByte = ids.cpuMillis() / idsBytes / (plain.cpuMillis() / plainBytes);
        return String.format(
                Locale.ROOT,
                "All ids are %.0f kB and cost %.2f ms CPU; a plain document of %.0f kB costs %.2f"
                        + " ms: %.1f times as much a byte.",
                idsBytes / 1e3,
                ids.cpuMillis(),
                plainBytes / 1e3,
                plain.cpuMillis(),
                perByte);
    }

    private Measurement measure(String what, int calls, java.util.function.IntConsumer call)
            throws InterruptedException {
        return Measurement.of(what, calls, AT_A_TIME, server::cpu, call);
    }

    private void create(int n) {
        String body =
                """
                {"name": "figure %d", "connectionType": "mqtt", "connectionStatus": "closed", "uri": "tcp://127.0.0.1:%d",
                 "tags": ["figures"],
                 "sources": [{"addresses": ["figures/%d/#"], "authorizationContext": ["nginx:ditto"], "qos": 1}],
                 "targets": [{"address": "figures/%d/out", "topics": ["_/_/things/twin/events"], "authorizationContext": ["nginx:ditto"], "qos": 1}]}
                """
                        .formatted(n, brokerPort, n, n);
        api.call("PUT", path(n), "application/json", body);
    }

    private void delete(int n) {
        api.call("DELETE", path(n), "application/json", "");
    }

    private void command(int n, String name) {
        api.call("POST", path(n) + "/command", "text/plain", "connectivity.commands:" + name);
    }

    private static String path(int n) {
        return String.format(Locale.ROOT, "%s/figure-%07d", BASE, n);
    }

    private static void print(String title, List<Measurement> all) {
        System.out.println("\n" + title + ", " + AT_A_TIME + " calls at a time\n");
        System.out.println(Measurement.HEAD);
        all.forEach(one -> System.out.println(one.row()));
        System.out.println();
    }
}
