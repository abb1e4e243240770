package org.patchbay.connectivity.path.deadletter;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.acknowledgement.AckCollection;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.option.DeadLetterOptions;
import org.patchbay.connectivity.model.validation.type.MqttTopics;
import org.patchbay.connectivity.model.validation.type.TypeRules;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.path.Addresses;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.publishing.Outlet;
import org.patchbay.connectivity.path.publishing.Publisher;
import org.patchbay.connectivity.path.publishing.TroubleLog;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.placeholder.Placeholders;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.patchbay.protocol.placeholder.Template;

/**
 * Publishes the dead letters of one source or target to the address that the connection's {@link
 * DeadLetterOptions} name; where they name none, there are no dead letters. What can't be published
 * is logged.
 */
public final class DeadLetters {

    private final Connection connection;
    private final @Nullable Template address;
    private final @Nullable Integer qos;
    private final @Nullable Outlet outlet;
    private final @Nullable Monitor monitor;
    private final int waitingMax;

    /** Those that nobody waits for. */
    private final Map<Long, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

    private final AtomicLong next = new AtomicLong();

    private final InstantSource clock;

    public DeadLetters(PathContext context) {
        this(
                context,
                Optional.ofNullable(DeadLetterOptions.address(context.connection()))
                        .map(Template::parse)
                        .orElse(null));
    }

    private DeadLetters(PathContext context, @Nullable Template address) {
        this.connection = context.connection();
        this.address = address;
        boolean hasQos = !TypeRules.of(connection.type()).qos().isEmpty();
        this.qos = hasQos ? (Integer) DeadLetterOptions.qos(connection) : null;
        this.outlet = context.deadLetters();
        this.monitor = address == null ? null : context.monitor().deadLetters();
        this.waitingMax = context.settings().targetBufferMax();
        this.clock = Clock.systemUTC();
    }

    /** The way out of all dead letters of a client; null where there are none. */
    public static @Nullable Outlet outlet(
            Publisher publisher, Connection connection, ConnectionMonitor monitor) {
        return DeadLetterOptions.areWanted(connection)
                ? publisher.outlet(
                        new TroubleLog(monitor.deadLetters(), connection.id(), "dead letters"))
                : null;
    }

    /** Whether this message may become one if it fails. */
    public boolean take(Headers headers) {
        return address != null && !DeadLetterHeaders.hasBeenOne(headers, connection.id());
    }

    /**
     * Publishes a dead letter for somebody who waits for it, and so for few at a time.
     *
     * @return whether the broker took it; never fails
     */
    public CompletionStage<Boolean> publish(DeadLetter letter) {
        Outbound message;
        try {
            message = message(letter);
        } catch (ProblemException e) {
            return lost(letter, e.problem().message());
        }
        if (message == null) {
            return lost(letter, "its address has no value for it");
        }
        if (wouldComeBack(message.address())) {
            return lost(letter, "it would come back through a source, without its headers");
        }
        return Objects.requireNonNull(outlet)
                .publish(message)
                .thenApply(result -> {
                    boolean taken = AckCollection.isSuccess(result.status());
                    if (taken) {
                        log().success(
                                        MetricType.PUBLISHED,
                                        letter.headers(),
                                        entityId(letter),
                                        "Published to " + message.address() + ": " + why(letter));
                    } else {
                        notPublished(letter, "status " + result.status());
                    }
                    return taken;
                });
    }

    /**
     * Publishes a dead letter that nobody waits for; where too many of them wait for the broker it
     * is logged and left alone.
     */
    public void offer(DeadLetter letter) {
        if (!take(letter.headers())) {
            return;
        }
        if (underWay.size() >= waitingMax) {
            log().failure(
                            MetricType.DROPPED,
                            letter.headers(),
                            entityId(letter),
                            "Too many dead letters wait for the broker: " + why(letter));
            return;
        }
        CompletableFuture<Boolean> published = publish(letter).toCompletableFuture();
        long number = next.getAndIncrement();
        underWay.put(number, published);
        published.whenComplete((_, _) -> underWay.remove(number));
    }

    /** Completes when what has been offered by now is published, or is not going to be. */
    public CompletionStage<Done> drained() {
        return CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> Done.getInstance());
    }

    private @Nullable Outbound message(DeadLetter letter) {
        return Addresses.resolve(Objects.requireNonNull(address), placeholders(letter))
                .map(to ->
                        new Outbound(
                                to,
                                DeadLetterHeaders.of(letter, connection, clock.instant()),
                                letter.payload().duplicate(),
                                qos))
                .orElse(null);
    }

    private Placeholders placeholders(DeadLetter letter) {
        Placeholders own =
                (family, name) ->
                        switch (family) {
                            case DeadLetterOptions.FAMILY -> value(letter, name);
                            case "target" -> values(literal(letter.target()));
                            default -> null;
                        };
        return own.or(
                SignalPlaceholders.inbound(
                        Scope.MAPPING,
                        letter.signal(),
                        letter.headers(),
                        new Surroundings(connection.id(), letter.source(), null, clock)));
    }

    private static @Nullable List<String> value(DeadLetter letter, String name) {
        return switch (name) {
            case "reason" -> List.of(letter.ending().reason().wireName());
            case "stage" -> List.of(letter.ending().reason().stage().wireName());
            case "code" -> values(letter.ending().code());
            default -> null;
        };
    }

    /** A target that is still a template is no address. */
    private static @Nullable String literal(@Nullable String target) {
        return target == null || target.contains("{{") ? null : target;
    }

    private static List<String> values(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    /** MQTT 3.1.1 carries no headers, so a dead letter could not be told from a message. */
    private boolean wouldComeBack(String to) {
        return connection.type() == ConnectionType.MQTT
                && connection.sources().stream()
                        .flatMap(source -> source.addresses().stream())
                        .anyMatch(filter -> MqttTopics.matches(filter, to));
    }

    private CompletionStage<Boolean> lost(DeadLetter letter, String why) {
        notPublished(letter, why);
        return CompletableFuture.completedFuture(false);
    }

    private void notPublished(DeadLetter letter, String why) {
        log().failure(
                        MetricType.PUBLISHED,
                        letter.headers(),
                        entityId(letter),
                        "Not published (" + why + "): " + why(letter));
    }

    private Monitor log() {
        return Objects.requireNonNull(monitor);
    }

    private static @Nullable String entityId(DeadLetter letter) {
        return letter.signal() == null ? null : letter.signal().entityId();
    }

    private static String why(DeadLetter letter) {
        return letter.ending().reason().wireName() + ", " + letter.ending().text();
    }
}
