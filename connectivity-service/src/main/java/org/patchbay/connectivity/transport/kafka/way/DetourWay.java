package org.patchbay.connectivity.transport.kafka.way;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Detour;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/** Brokers are reached by a detour, and the library is told so in their place. */
final class DetourWay implements Way {

    /** Who is there answers soon; the others are not waited for. */
    private static final long LOOKING_MAX_MS = 3_000;

    private final Detour detour;
    private final Brokers brokers;

    /** Those that were reached once. */
    private final Set<Endpoint> seen = ConcurrentHashMap.newKeySet();

    DetourWay(Detour detour, Endpoint like) {
        this.detour = detour;
        this.brokers = new Brokers(detour, like);
    }

    @Override
    public CompletionStage<List<InetSocketAddress>> resolve(Endpoint broker) {
        try {
            return CompletableFuture.completedFuture(List.of(brokers.address(broker)));
        } catch (Failure blocked) {
            return CompletableFuture.failedFuture(blocked);
        }
    }

    @Override
    public void connect(Endpoint broker, InetSocketAddress address, Duration limit)
            throws IOException {
        try {
            detour.to(broker.host(), broker.port())
                    .toCompletableFuture()
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What is tried ends with the detour. */
    @Override
    public void giveUp() {}

    @Override
    public Endpoint named(Node node) {
        return brokers.named(node.host(), node.port());
    }

    @Override
    public Set<Endpoint> told() {
        return brokers.told();
    }

    @Override
    public CompletionStage<List<InetSocketAddress>> look(Endpoint broker) {
        if (seen.contains(broker)) {
            return resolve(broker);
        }
        CompletableFuture<List<InetSocketAddress>> reached =
                detour.to(broker.host(), broker.port())
                        .thenApply(address -> {
                            seen.add(broker);
                            return List.of(address);
                        })
                        .toCompletableFuture();
        return reached.copy()
                .orTimeout(LOOKING_MAX_MS, TimeUnit.MILLISECONDS)
                .exceptionallyCompose(thrown ->
                        CompletableFuture.failedFuture(
                                thrown instanceof TimeoutException ? silent(broker) : thrown));
    }

    private static Failure silent(Endpoint broker) {
        return Failure.bySystem(
                "The SSH server did not get to the broker at " + broker + " in time.", null);
    }

    @Override
    public Engines engines(
            @Nullable Engines tls, Map<Endpoint, List<InetSocketAddress>> addresses) {
        return (host, port) -> {
            Endpoint broker = brokers.named(host, port);
            return new AddressEngine(
                    tls == null ? new PlainEngine() : tls.to(broker.host(), broker.port()),
                    new Addresses(brokers));
        };
    }
}
