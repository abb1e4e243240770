package org.patchbay.connectivity.path.inbound;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.acknowledgement.AckCollection;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.connectivity.monitoring.account.Ledger;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.connectivity.path.Addresses;
import org.patchbay.connectivity.path.HeaderMapping;
import org.patchbay.connectivity.path.ImplicitContentType;
import org.patchbay.connectivity.path.MapperChain;
import org.patchbay.connectivity.path.MapperRunner;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.diversion.Diversion;
import org.patchbay.connectivity.path.publishing.Outlet;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.patchbay.protocol.placeholder.Template;

/** Sends answers to the reply target of a source. */
final class Replies {

    /** What a reply target can be told to expect. */
    enum Type {
        RESPONSE,
        ERROR,
        NACK;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Ending NO_RESULT =
            Ending.of(Reason.MAPPED_TO_NOTHING, "The answer's mapping has no result.");
    private static final Ending FULL =
            Ending.of(Reason.TARGET_FULL, "Dropped, for too many answers wait to be published.");
    private static final Ending NOWHERE =
            Ending.of(Reason.NO_ADDRESS, "The reply target's address has no value for it.");

    private final Source.ReplyTarget target;
    private final Diversion diversion;
    private final HeaderMapping headerMapping;
    private final Template address;
    private final @Nullable Integer qos;
    private final Surroundings surroundings;
    private final Outlet outlet;
    private final Monitor monitor;
    private final Ledger accounts;

    Replies(
            PathContext context,
            Source.ReplyTarget target,
            @Nullable Integer qos,
            Diversion diversion) {
        this.target = target;
        this.diversion = diversion;
        this.headerMapping = HeaderMapping.of(target.headerMapping());
        this.address = Template.parse(target.address());
        this.qos = qos;
        this.surroundings = Surroundings.of(context.connection().id());
        this.outlet = context.replies();
        this.monitor = context.monitor().responses();
        this.accounts = context.monitor().totals().replies();
    }

    /**
     * Sends an answer if the reply target expects such, or hands it to another connection.
     * Completes when that has it or never will.
     *
     * @param command the headers of what is answered: a reply-to address may stand there alone
     */
    CompletionStage<Done> send(Type type, Signal answer, Headers command, MapperRunner mappers) {
        Signal visible = Diversion.hidden(answer);
        Optional<String> receiver = diversion.receiver(type.wireName(), command);
        if (receiver.isEmpty() || diversion.preservesReplies()) {
            reply(type, visible, command, mappers);
        }
        return receiver.map(other -> diversion.handOver(other, visible))
                .orElseGet(() -> CompletableFuture.completedFuture(Done.getInstance()));
    }

    private void reply(Type type, Signal answer, Headers command, MapperRunner mappers) {
        if (!target.enabled() || !target.expectedResponseTypes().contains(type.wireName())) {
            return;
        }
        Ledger.Entry account = accounts.take();
        monitor.success(
                MetricType.DISPATCHED, answer.headers(), answer.entityId(), "There is an answer.");
        mappers.run(chain -> chain.outbound(answer))
                .thenCompose(all -> publish(all, answer, command))
                .exceptionally(e -> {
                    String text = "The answer could not be sent: " + e;
                    return dropped(answer, Ending.of(Reason.MAPPING_FAILED, text));
                })
                .thenAccept(ending -> account.end(ending.reason()));
    }

    /** The worst end of all that the answer was mapped to. */
    private CompletionStage<Ending> publish(
            List<MapperChain.Mapped<ExternalMessage>> mapped, Signal answer, Headers command) {
        if (mapped.isEmpty()) {
            return CompletableFuture.completedFuture(NO_RESULT);
        }
        CompletionStage<Ending> worst = CompletableFuture.completedFuture(Ending.DONE);
        for (MapperChain.Mapped<ExternalMessage> one : mapped) {
            worst = worst.thenCombine(publish(one, answer, command), Ending::worse);
        }
        return worst;
    }

    private CompletionStage<Ending> publish(
            MapperChain.Mapped<ExternalMessage> mapped, Signal answer, Headers command) {
        return switch (mapped) {
            case MapperChain.Mapped.Failure<ExternalMessage>(var problem, _) -> {
                monitor.failure(
                        MetricType.MAPPED,
                        answer.headers(),
                        answer.entityId(),
                        "The answer was not mapped: " + problem.message());
                yield CompletableFuture.completedFuture(Ending.of(Reason.MAPPING_FAILED, problem));
            }
            case MapperChain.Mapped.Message<ExternalMessage>(var message) -> {
                monitor.success(
                        MetricType.MAPPED,
                        answer.headers(),
                        answer.entityId(),
                        "Mapped the answer.");
                yield publish(message, answer, command);
            }
        };
    }

    private CompletionStage<Ending> publish(
            ExternalMessage message, Signal answer, Headers command) {
        Optional<Outbound> outbound;
        try {
            outbound = outbound(message, answer, command);
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(
                    dropped(answer, Ending.of(Reason.ADDRESSING_FAILED, e.problem())));
        }
        if (outbound.isEmpty()) {
            return CompletableFuture.completedFuture(dropped(answer, NOWHERE));
        }
        return outlet.publish(outbound.get()).thenApply(result -> published(answer, result));
    }

    private Ending published(Signal answer, PublishResult result) {
        if (result == Outlet.FULL) {
            return dropped(answer, FULL);
        }
        if (AckCollection.isSuccess(result.status())) {
            monitor.success(
                    MetricType.PUBLISHED,
                    answer.headers(),
                    answer.entityId(),
                    "Published the answer.");
            return Ending.DONE;
        }
        String text = "The answer was not published: status " + result.status();
        monitor.failure(MetricType.PUBLISHED, answer.headers(), answer.entityId(), text);
        return Ending.of(Reason.PUBLISHING_FAILED, text);
    }

    private Optional<Outbound> outbound(ExternalMessage message, Signal answer, Headers command) {
        SignalPlaceholders placeholders =
                SignalPlaceholders.outbound(
                        answer.with(ImplicitContentType.hidden(answer.headers())), surroundings);
        Headers addressing = Headers.EMPTY;
        String replyTo = command.get(HeaderDefinition.REPLY_TO);
        if (replyTo != null && !answer.headers().has(HeaderDefinition.REPLY_TO)) {
            addressing = addressing.with(HeaderDefinition.REPLY_TO, replyTo);
        }
        SignalPlaceholders byCommand =
                SignalPlaceholders.outbound(answer.with(addressing), surroundings);
        return Addresses.resolve(address, placeholders.or(byCommand))
                .map(to ->
                        new Outbound(
                                to,
                                message.headers().withAll(headerMapping.resolve(placeholders)),
                                message.payload(),
                                qos));
    }

    private Ending dropped(Signal answer, Ending ending) {
        monitor.failure(MetricType.DROPPED, answer.headers(), answer.entityId(), ending.text());
        return ending;
    }
}
