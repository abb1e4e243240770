package org.patchbay.connectivity.transport.mqtt.consuming;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;

/**
 * What has come for one source and was not taken yet. A broker sends what it kept for a session
 * before anybody subscribes, so messages wait here until the stream runs.
 *
 * <p>It has no bound of its own: its client lets no more in than may be unsettled.
 */
public final class Inbox {

    /** As many as can be unacknowledged in MQTT, and as many of QoS 0. */
    private static final int CAPACITY = 2 * 65_536;

    private final Source source;
    private final Consumer<Inbound> lost;
    private final List<MqttTopicFilter> filters;

    /** Those that nobody sends again, until the stream takes them; by identity. */
    private final Set<Inbound> unkept = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<Inbound> held = new ArrayList<>();
    private @Nullable BoundedSourceQueue<Inbound> queue;
    private @Nullable UniqueKillSwitch stop;
    private @Nullable Failure failure;
    private boolean taken;
    private boolean closed;
    private boolean ended;

    /**
     * @param lost told of each message that no broker keeps and that nobody has taken in the end
     * @throws Failure where an address can't be subscribed to
     */
    public Inbox(Source source, Consumer<Inbound> lost) {
        this.source = source;
        this.lost = lost;
        filters = source.addresses().stream().map(Inbox::filter).toList();
    }

    private static MqttTopicFilter filter(String address) {
        try {
            return MqttTopicFilter.of(address);
        } catch (IllegalArgumentException invalid) {
            throw Failure.byUser("The address '" + address + "' can't be subscribed to.", invalid)
                    .in(Layer.CONFIGURATION);
        }
    }

    /** Whether this is the source's, and has not been taken for another one equal to it. */
    public synchronized boolean take(Source wanted) {
        boolean mine = !taken && source.equals(wanted);
        taken |= mine;
        return mine;
    }

    public List<MqttTopicFilter> filters() {
        return filters;
    }

    /** The highest where the source does not say. */
    public MqttQos qos() {
        return source.qos() == null
                ? MqttQos.EXACTLY_ONCE
                : Objects.requireNonNull(MqttQos.fromCode(source.qos()));
    }

    public boolean matches(MqttTopic topic) {
        return filters.stream().anyMatch(filter -> filter.matches(topic));
    }

    /**
     * @param whenRunning called when the stream runs; what it gives is materialized
     */
    public org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> stream(
            Supplier<CompletionStage<Done>> whenRunning) {
        return org.apache.pekko.stream.javadsl.Source.<Inbound>queue(CAPACITY)
                .viaMat(KillSwitches.single(), Keep.both())
                .map(this::taken)
                .watchTermination((running, done) -> {
                    done.whenComplete((_, _) -> ended());
                    return running;
                })
                .mapMaterializedValue(running -> {
                    open(running);
                    return whenRunning.get();
                });
    }

    /**
     * @param kept whether the broker has it until it is acknowledged
     */
    public synchronized void offer(Inbound message, boolean kept) {
        if (ended) {
            if (!kept) {
                lost.accept(message);
            }
            return;
        }
        if (!kept) {
            unkept.add(message);
        }
        if (queue == null) {
            held.add(message);
        } else {
            queue.offer(message);
        }
    }

    private synchronized Inbound taken(Inbound message) {
        unkept.remove(message);
        return message;
    }

    /** Nothing more is taken. */
    private synchronized void ended() {
        ended = true;
        unkept.forEach(lost);
        unkept.clear();
    }

    private synchronized void open(Pair<BoundedSourceQueue<Inbound>, UniqueKillSwitch> running) {
        queue = running.first();
        stop = running.second();
        held.forEach(queue::offer);
        held.clear();
        end();
    }

    /** Ends the stream, with what is still in it: the broker sends again what it keeps. */
    public synchronized void fail(Failure why) {
        failure = why;
        end();
    }

    /** As {@link #fail}, without failing. */
    public synchronized void close() {
        closed = true;
        end();
    }

    private void end() {
        if (stop == null) {
            if (failure != null || closed) {
                held.clear();
                ended();
            }
            return;
        }
        if (failure != null) {
            stop.abort(failure);
        } else if (closed) {
            stop.shutdown();
        }
    }
}
