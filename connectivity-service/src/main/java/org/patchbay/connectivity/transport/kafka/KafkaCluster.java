package org.patchbay.connectivity.transport.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.Unreachable;
import org.patchbay.connectivity.transport.kafka.way.Way;

/**
 * The brokers of a connection: whether they are there, may be reached, and let it in. Whoever
 * consumes or publishes is told none of this by the library, which tries again for ever.
 */
final class KafkaCluster implements LinkCheck.Asked {

    private static final Duration CLOSING_MAX = Duration.ofSeconds(1);

    private final KafkaOptions options;
    private final boolean identified;
    private final Duration answerTimeout;
    private final Executor blocking;
    private final Way way;
    private volatile @Nullable Found found;
    private volatile boolean closed;

    /** Bootstrap servers, and the brokers that they named last. */
    private final Map<Endpoint, List<InetSocketAddress>> known = new ConcurrentHashMap<>();

    /**
     * @param endpoint the first that answered on TCP
     */
    private record Found(Endpoint endpoint, Admin admin) {}

    KafkaCluster(
            Connection connection,
            ClientContext context,
            KafkaOptions options,
            Duration answerTimeout) {
        this.options = options;
        this.identified = connection.credentials() instanceof Credentials.ClientCertificate;
        this.answerTimeout = answerTimeout;
        this.blocking = context.system().dispatchers().lookup(DispatcherSelector.blocking());
        this.way = Way.of(context, options.servers().getFirst());
    }

    /** How its brokers are got to. */
    Way way() {
        return way;
    }

    /**
     * Finds the brokers; fails with a {@link Failure}.
     *
     * @param properties made of the servers' addresses
     */
    CompletionStage<ClientProperties> open(
            Function<Map<Endpoint, List<InetSocketAddress>>, ClientProperties> properties) {
        return resolved()
                .thenApplyAsync(
                        addresses -> {
                            known.putAll(addresses);
                            Endpoint reached = reach(addresses);
                            if (closed) {
                                throw givenUp();
                            }
                            ClientProperties made = properties.apply(addresses);
                            found = new Found(reached, Admin.create(made.admin(answerTimeout)));
                            return made;
                        },
                        blocking)
                .thenCompose(made ->
                        closed
                                ? CompletableFuture.failedFuture(givenUp())
                                : check().thenApply(_ -> made));
    }

    private static Failure givenUp() {
        return Failure.bySystem("The attempt to connect was given up.", null);
    }

    /** Every server must be one that may be reached; one that has an address is enough. */
    private CompletionStage<Map<Endpoint, List<InetSocketAddress>>> resolved() {
        List<CompletableFuture<List<InetSocketAddress>>> all = new ArrayList<>();
        options.servers().forEach(one -> all.add(way.resolve(one).toCompletableFuture()));
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .handle((_, _) -> resolved(all));
    }

    private Map<Endpoint, List<InetSocketAddress>> resolved(
            List<CompletableFuture<List<InetSocketAddress>>> answers) {
        Map<Endpoint, List<InetSocketAddress>> resolved = new LinkedHashMap<>();
        Failure last = null;
        for (int i = 0; i < answers.size(); i++) {
            try {
                resolved.put(options.servers().get(i), answers.get(i).join());
            } catch (RuntimeException e) {
                Failure failure = Unreachable.of(options.servers().get(i), identified, e);
                if (failure.blame() == Failure.Blame.USER) {
                    throw failure;
                }
                last = failure;
            }
        }
        if (resolved.isEmpty() && last != null) {
            throw last;
        }
        return resolved;
    }

    /** So that it can be said why nobody answers: the library says only that nobody does. */
    private Endpoint reach(Map<Endpoint, List<InetSocketAddress>> addresses) {
        Failure last = null;
        for (Map.Entry<Endpoint, List<InetSocketAddress>> server : addresses.entrySet()) {
            for (InetSocketAddress address : server.getValue()) {
                try {
                    way.connect(server.getKey(), address, answerTimeout);
                    return server.getKey();
                } catch (Failure failure) {
                    last = failure;
                } catch (IOException e) {
                    if (closed) {
                        throw givenUp();
                    }
                    last = Unreachable.of(server.getKey(), identified, e).in(Layer.TCP);
                }
            }
        }
        throw Objects.requireNonNull(last);
    }

    @Override
    public Endpoint endpoint() {
        return here().endpoint();
    }

    /** The one client that every link has. */
    Admin admin() {
        return here().admin();
    }

    private Found here() {
        Found here = found;
        if (here == null) {
            throw new IllegalStateException("Open it first.");
        }
        return here;
    }

    /** As {@link #check}, after it was tried whether any of the brokers takes a connection. */
    @Override
    public CompletionStage<Done> checkFromOutside() {
        return CompletableFuture.supplyAsync(() -> reach(known), blocking)
                .thenCompose(_ -> check());
    }

    /**
     * Asks who the brokers are, and whether all of them may be reached; fails with a {@link
     * Failure}.
     */
    @Override
    public CompletionStage<Done> check() {
        return answer(here().admin().describeCluster().nodes())
                .exceptionallyCompose(this::unanswered)
                .thenCompose(nodes -> mayBeReached(nodes.stream().map(way::named).toList(), false));
    }

    private CompletionStage<Collection<Node>> unanswered(Throwable thrown) {
        Failure failure = KafkaFailures.asking(here().endpoint(), identified, thrown);
        boolean silent = Unreachable.unwrapped(thrown) instanceof TimeoutException;
        return mayBeReached(silent ? way.told() : List.of(), true)
                .thenCompose(_ -> CompletableFuture.failedFuture(failure));
    }

    /**
     * @param all whether all of them have to be there, and not just one
     */
    private CompletionStage<Done> mayBeReached(Collection<Endpoint> brokers, boolean all) {
        Map<Endpoint, CompletableFuture<@Nullable Failure>> looked = new LinkedHashMap<>();
        for (Endpoint broker : brokers) {
            looked.put(
                    broker,
                    way.look(broker)
                            .handle((addresses, thrown) -> why(broker, addresses, thrown))
                            .toCompletableFuture());
        }
        return CompletableFuture.allOf(looked.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> {
                    Failure failure = verdict(looked, all);
                    if (failure != null) {
                        throw failure;
                    }
                    return Done.getInstance();
                });
    }

    /** Null where the broker is one that can be reached. */
    private @Nullable Failure why(
            Endpoint broker,
            @Nullable List<InetSocketAddress> addresses,
            @Nullable Throwable thrown) {
        if (addresses == null) {
            return Unreachable.of(broker, identified, Objects.requireNonNull(thrown));
        }
        known.put(broker, addresses);
        return null;
    }

    /** All must be such that may be reached, and one or all must be there. */
    private @Nullable Failure verdict(
            Map<Endpoint, CompletableFuture<@Nullable Failure>> looked, boolean all) {
        Failure last = null;
        boolean any = false;
        for (CompletableFuture<@Nullable Failure> one : looked.values()) {
            Failure failure = one.join();
            any |= failure == null;
            if (failure != null && failure.blame() == Failure.Blame.USER) {
                return KafkaFailures.named(here().endpoint(), failure);
            }
            last = failure == null ? last : failure;
        }
        if (last == null || any && !all) {
            return null;
        }
        return last.layer() == Layer.NAME_RESOLUTION
                ? KafkaFailures.unresolved(looked.keySet())
                : last;
    }

    /**
     * Asks whether these topics may be read by this group; fails with a {@link Failure}.
     *
     * @param mayCome whether a topic may be missing that the broker could make when it is used
     */
    CompletionStage<Done> look(List<String> topics, boolean mayCome) {
        Admin admin = here().admin();
        Map<String, KafkaFuture<TopicDescription>> described =
                admin.describeTopics(
                                topics,
                                new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues();
        CompletionStage<Done> all = CompletableFuture.completedFuture(Done.getInstance());
        for (Map.Entry<String, KafkaFuture<TopicDescription>> one : described.entrySet()) {
            CompletionStage<Done> looked =
                    answer(one.getValue()).handle(lookedAt(one.getKey(), mayCome));
            all = all.thenCombine(looked, (done, _) -> done);
        }
        return all.thenCompose(_ ->
                answer(
                                admin.listConsumerGroupOffsets(options.groupId())
                                        .partitionsToOffsetAndMetadata())
                        .handle(this::groupLookedAt));
    }

    private BiFunction<TopicDescription, @Nullable Throwable, Done> lookedAt(
            String topic, boolean mayCome) {
        return (description, thrown) -> {
            Throwable cause = thrown == null ? null : Unreachable.unwrapped(thrown);
            if (cause == null) {
                // An old broker does not say.
                if (description.authorizedOperations() != null
                        && !description.authorizedOperations().contains(AclOperation.READ)) {
                    throw KafkaFailures.forbiddenTopics(List.of(topic), null);
                }
            } else if (cause instanceof TopicAuthorizationException) {
                throw KafkaFailures.forbiddenTopics(List.of(topic), cause);
            } else if (!(cause instanceof UnknownTopicOrPartitionException && mayCome)) {
                throw consuming(topic, cause);
            }
            return Done.getInstance();
        };
    }

    private Done groupLookedAt(@Nullable Object offsets, @Nullable Throwable thrown) {
        if (thrown != null) {
            Throwable cause = Unreachable.unwrapped(thrown);
            throw cause instanceof GroupAuthorizationException
                    ? KafkaFailures.forbiddenGroup(options.groupId(), cause)
                    : KafkaFailures.asking(here().endpoint(), identified, cause);
        }
        return Done.getInstance();
    }

    private Failure consuming(String topic, Throwable cause) {
        return KafkaFailures.consuming(here().endpoint(), List.of(topic), options.groupId(), cause);
    }

    private static <T> CompletionStage<T> answer(KafkaFuture<T> future) {
        return future.toCompletionStage();
    }

    /** Also what is asked right now is not waited for. */
    CompletionStage<Done> close() {
        closed = true;
        way.giveUp();
        Found here = found;
        return here == null
                ? CompletableFuture.completedFuture(Done.getInstance())
                : CompletableFuture.supplyAsync(
                        () -> {
                            here.admin().close(CLOSING_MAX);
                            return Done.getInstance();
                        },
                        blocking);
    }
}
