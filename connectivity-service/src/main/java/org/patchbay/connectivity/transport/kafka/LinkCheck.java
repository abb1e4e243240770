package org.patchbay.connectivity.transport.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.Unreachable;

/**
 * Finds out that the brokers are gone, or that they lead to where nobody may go, which the library
 * does not tell: asks them every now and then, at once when a client of the library has lost its
 * last connection, and soon after one has connected to a broker. A client that goes on without a
 * connection is asked about no more often than any other: it may have closed it for being idle.
 */
final class LinkCheck {

    /** Who is asked. */
    interface Asked {

        /** Fails where they are gone, or may not be reached. */
        CompletionStage<Done> check();

        /** The same, over a connection that is made for it. */
        CompletionStage<Done> checkFromOutside();

        Endpoint endpoint();
    }

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final String CONNECTIONS = "connection-count";
    private static final String CONNECTIONS_MADE = "connection-creation-total";

    private final Asked cluster;
    private final long intervalNanos;
    private final Consumer<Failure> lost;
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private @Nullable Cancellable timer;
    private long lastAsked = System.nanoTime();
    private boolean asking;

    /** Whether something has happened since they were asked. */
    private boolean wanted;

    private boolean fromOutside;

    LinkCheck(Asked cluster, Duration interval, Consumer<Failure> lost) {
        this.cluster = cluster;
        this.intervalNanos = interval.toNanos();
        this.lost = lost;
    }

    /** Looks at a further client of the library, by its metrics. */
    void watch(Supplier<Map<MetricName, ? extends Metric>> metrics) {
        clients.add(new Client(metrics));
    }

    synchronized void start(ActorSystem<?> system) {
        lastAsked = System.nanoTime();
        timer =
                system.scheduler()
                        .scheduleWithFixedDelay(
                                LOOK_EVERY, LOOK_EVERY, this::look, system.executionContext());
    }

    synchronized void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }

    void look() {
        boolean cutOff = false;
        boolean connected = false;
        for (Client client : clients) {
            cutOff |= client.hasBeenCutOff();
            connected |= client.hasConnected();
        }
        Supplier<CompletionStage<Done>> due = due(cutOff, connected);
        if (due != null) {
            due.get()
                    .whenComplete((_, thrown) -> {
                        answered();
                        if (thrown != null) {
                            lost.accept(failure(thrown));
                        }
                    });
        }
    }

    private Failure failure(Throwable thrown) {
        return Unreachable.of(cluster.endpoint(), false, thrown);
    }

    /** What to ask now, if anything. */
    private synchronized @Nullable Supplier<CompletionStage<Done>> due(
            boolean cutOff, boolean connected) {
        wanted |= cutOff || connected;
        fromOutside |= cutOff;
        if (asking || !wanted && System.nanoTime() - lastAsked <= intervalNanos) {
            return null;
        }
        Supplier<CompletionStage<Done>> question =
                fromOutside ? cluster::checkFromOutside : cluster::check;
        asking = true;
        wanted = false;
        fromOutside = false;
        return question;
    }

    private synchronized void answered() {
        asking = false;
        lastAsked = System.nanoTime();
    }

    private static final class Client {
        private final Supplier<Map<MetricName, ? extends Metric>> metrics;
        private @Nullable Metric connections;
        private @Nullable Metric connectionsMade;
        private double madeBefore;
        private double before;

        Client(Supplier<Map<MetricName, ? extends Metric>> metrics) {
            this.metrics = metrics;
        }

        /** Of its last connection, since this was asked before. */
        boolean hasBeenCutOff() {
            find();
            double now = connections == null ? 0 : value(connections);
            boolean cutOff = before > 0 && now == 0;
            before = now;
            return cutOff;
        }

        /** Since this was asked before. */
        boolean hasConnected() {
            find();
            double made = connectionsMade == null ? 0 : value(connectionsMade);
            boolean more = made > madeBefore;
            madeBefore = made;
            return more;
        }

        private void find() {
            if (connections == null) {
                metrics.get()
                        .forEach((name, metric) -> {
                            switch (name.name()) {
                                case CONNECTIONS -> connections = metric;
                                case CONNECTIONS_MADE -> connectionsMade = metric;
                                default -> {}
                            }
                        });
            }
        }

        private static double value(Metric metric) {
            return metric.metricValue() instanceof Double value ? value : Double.NaN;
        }
    }
}
