package org.patchbay.connectivity.monitoring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counters of one client: for each address and type how often it went well and how often not.
 */
public final class ConnectionMetrics {

    /** The address under which replies are counted. */
    public static final String RESPONSES = "_responses";

    /** The address under which dead letters are counted, where they are wanted. */
    public static final String DEAD_LETTERS = "_dead-letters";

    private final Clock clock;
    private final SortedMap<String, Meter> sources = new TreeMap<>();
    private final SortedMap<String, Meter> targets = new TreeMap<>();
    private final Meter responses;

    public ConnectionMetrics(
            Clock clock, Iterable<String> sourceAddresses, Iterable<String> targetAddresses) {
        this.clock = clock;
        sourceAddresses.forEach(address -> sources.put(address, new Meter(MetricType.INBOUND)));
        targetAddresses.forEach(address -> targets.put(address, new Meter(MetricType.OUTBOUND)));
        responses = new Meter(MetricType.OUTBOUND);
        targets.put(RESPONSES, responses);
    }

    /** The counters of a configured source address. */
    public Meter source(String address) {
        return known(sources, address);
    }

    /** The counters of a configured target address. */
    public Meter target(String address) {
        return known(targets, address);
    }

    public Meter responses() {
        return responses;
    }

    public void reset() {
        sources.values().forEach(Meter::reset);
        targets.values().forEach(Meter::reset);
    }

    /** {@code {sources: {address: {type: {success, failure}}}, targets: …}}. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("sources", toJson(sources));
        json.set("targets", toJson(targets));
        return json;
    }

    private ObjectNode toJson(Map<String, Meter> meters) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Instant now = clock.instant();
        meters.forEach((address, meter) -> json.set(address, meter.toJson(now)));
        return json;
    }

    private static Meter known(Map<String, Meter> meters, String address) {
        Meter meter = meters.get(address);
        if (meter == null) {
            throw new IllegalArgumentException("no counters for the address " + address);
        }
        return meter;
    }

    /** The counters of one address. */
    public final class Meter {
        private final Map<MetricType, SlidingCounter> successes = new EnumMap<>(MetricType.class);
        private final Map<MetricType, SlidingCounter> failures = new EnumMap<>(MetricType.class);

        private Meter(List<MetricType> types) {
            for (MetricType type : types) {
                successes.put(type, new SlidingCounter());
                failures.put(type, new SlidingCounter());
            }
        }

        public void count(MetricType type, boolean success) {
            count(type, success, clock.instant());
        }

        void count(MetricType type, boolean success, Instant now) {
            SlidingCounter counter = (success ? successes : failures).get(type);
            if (counter != null) {
                counter.count(now);
            }
        }

        private void reset() {
            successes.values().forEach(SlidingCounter::reset);
            failures.values().forEach(SlidingCounter::reset);
        }

        private ObjectNode toJson(Instant now) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            successes.forEach((type, success) -> {
                ObjectNode both = json.putObject(type.wireName());
                both.set("success", success.toJson(now));
                SlidingCounter failure = failures.get(type);
                if (failure != null) {
                    both.set("failure", failure.toJson(now));
                }
            });
            return json;
        }
    }
}
