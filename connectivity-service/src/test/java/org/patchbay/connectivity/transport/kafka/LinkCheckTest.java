package org.patchbay.connectivity.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.pekko.Done;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

class LinkCheckTest {

    private final List<String> asked = new ArrayList<>();
    private final List<Failure> lost = new ArrayList<>();
    private final Map<MetricName, Gauge> metrics = new HashMap<>();
    private final Gauge connections = gauge("connection-count");
    private final Gauge made = gauge("connection-creation-total");
    private final LinkCheck check = new LinkCheck(new Brokers(), Duration.ofHours(1), lost::add);

    private final class Brokers implements LinkCheck.Asked {
        @Override
        public CompletionStage<Done> check() {
            asked.add("asked");
            return CompletableFuture.completedFuture(Done.getInstance());
        }

        @Override
        public CompletionStage<Done> checkFromOutside() {
            asked.add("probed");
            return CompletableFuture.completedFuture(Done.getInstance());
        }

        @Override
        public Endpoint endpoint() {
            throw new IllegalStateException("Nothing fails here.");
        }
    }

    private static final class Gauge implements Metric {
        private final MetricName name;
        private double value;

        Gauge(MetricName name) {
            this.name = name;
        }

        @Override
        public MetricName metricName() {
            return name;
        }

        @Override
        public Object metricValue() {
            return value;
        }
    }

    private Gauge gauge(String name) {
        MetricName full = new MetricName(name, "group", "", Map.of());
        Gauge gauge = new Gauge(full);
        metrics.put(full, gauge);
        return gauge;
    }

    @BeforeEach
    void connect() {
        check.watch(() -> metrics);
        connections.value = 1;
        made.value = 1;
        check.look();
        asked.clear();
    }

    @Test
    void a_client_that_has_lost_its_last_connection_is_asked_about_at_once_and_once() {
        connections.value = 0;

        lookOften();

        assertThat(asked).containsExactly("probed");
        assertThat(lost).isEmpty();
    }

    @Test
    void one_that_connects_and_loses_it_again_is_asked_about_again() {
        connections.value = 0;
        lookOften();
        connections.value = 1;
        made.value = 2;
        lookOften();
        connections.value = 0;

        lookOften();

        assertThat(asked).containsExactly("probed", "asked", "probed");
    }

    @Test
    void one_that_has_not_connected_yet_is_not_cut_off() {
        connections.value = 1;
        Map<MetricName, Gauge> others = new HashMap<>();
        MetricName count = connections.metricName();
        others.put(count, new Gauge(count));
        check.watch(() -> others);

        lookOften();

        assertThat(asked).isEmpty();
    }

    private void lookOften() {
        for (int i = 0; i < 10; i++) {
            check.look();
        }
    }
}
