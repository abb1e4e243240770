package org.patchbay.gateway.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Refusals;
import org.patchbay.protocol.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists connections, whole or only their ids, all or page by page. Ids come from their index and
 * wake no connection. However long the list is, only a part of it is in memory at a time.
 */
final class ConnectionLists {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLists.class);
    private static final int IDS_AT_ONCE = 5_000;

    /** So many are sent at once. */
    private static final int DOCUMENTS_AT_ONCE = 100;

    /** So many batches have to be there before an answer begins: then an error breaks it off. */
    private static final int BEFORE_ANSWER = 2;

    private final ActorSystem<?> system;
    private final Connections connections;
    private final int parallelism;

    /**
     * @param parallelism how many connections are asked at a time
     */
    ConnectionLists(ActorSystem<?> system, Connections connections, int parallelism) {
        this.system = system;
        this.connections = connections;
        this.parallelism = parallelism;
    }

    /**
     * @param path of the list, for the link to its next page
     * @param timeout for each of the connections
     */
    CompletionStage<HttpResponse> list(Exchange exchange, String path, Duration timeout) {
        View view = View.of(exchange);
        Page page = Page.of(exchange);
        boolean idsOnly = "true".equals(exchange.parameter("ids-only")) || view.isId();
        Integer limit = page.limit();
        if (limit == null) {
            Source<List<String>, NotUsed> ids = idsAfter(page.after(), timeout);
            return answer(exchange, idsOnly ? texts(ids) : documents(ids, view, timeout));
        }
        return connections
                .idsAfter(page.after(), limit + 1, timeout)
                .thenCompose(ids -> {
                    boolean more = ids.size() > limit;
                    List<String> shown = more ? ids.subList(0, limit) : ids;
                    Source<List<String>, NotUsed> source = Source.single(shown);
                    return answer(
                                    exchange,
                                    idsOnly ? texts(source) : documents(source, view, timeout))
                            .thenApply(answer ->
                                    more
                                            ? answer.addHeader(
                                                    Answers.header(
                                                            "Link",
                                                            Page.link(
                                                                    exchange,
                                                                    path,
                                                                    shown.getLast())))
                                            : answer);
                });
    }

    /** Read page by page as they are wanted. */
    private Source<List<String>, NotUsed> idsAfter(String id, Duration timeout) {
        return Source.unfoldAsync(Optional.of(id), from -> pageAfter(from, timeout));
    }

    /** The ids after one, and where to go on; a page that is not full is the last one. */
    private CompletionStage<Optional<Pair<Optional<String>, List<String>>>> pageAfter(
            Optional<String> id, Duration timeout) {
        if (id.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return connections
                .idsAfter(id.get(), IDS_AT_ONCE, timeout)
                .thenApply(ids ->
                        Optional.of(
                                Pair.create(
                                        ids.size() < IDS_AT_ONCE
                                                ? Optional.empty()
                                                : Optional.of(ids.getLast()),
                                        ids)));
    }

    /** Batch by batch: ten thousand single elements would cost many times what their bytes do. */
    private static Source<List<JsonNode>, NotUsed> texts(Source<List<String>, NotUsed> ids) {
        return ids.map(batch -> batch.stream().<JsonNode>map(TextNode::valueOf).toList());
    }

    /** One that goes while they are collected is left out. */
    private Source<List<JsonNode>, NotUsed> documents(
            Source<List<String>, NotUsed> ids, View view, Duration timeout) {
        ConnectionCommand retrieve = new ConnectionCommand.Retrieve(Preconditions.NONE);
        Problem late = Refusals.commandTimeout(timeout);
        return ids.mapConcat(batch -> batch)
                .mapAsync(parallelism, id -> connections.ask(id, retrieve, timeout, late))
                .map(ConnectionLists::storedOrNothing)
                .mapConcat(found -> found.map(view::show).map(List::of).orElse(List.of()))
                .grouped(DOCUMENTS_AT_ONCE);
    }

    private static Optional<ConnectionReply.Stored> storedOrNothing(ConnectionReply reply) {
        return switch (reply) {
            case ConnectionReply.Retrieved(var stored) -> Optional.of(stored);
            case ConnectionReply.Failed failed when failed.problem().status() == 404 ->
                    Optional.empty();
            case ConnectionReply.Failed failed -> throw failed.problem().asException();
            case ConnectionReply other ->
                    throw new IllegalStateException("A retrieval was answered with " + other);
        };
    }

    private CompletionStage<HttpResponse> answer(
            Exchange exchange, Source<List<JsonNode>, NotUsed> batches) {
        return batches.filterNot(List::isEmpty)
                .prefixAndTail(BEFORE_ANSWER)
                .runWith(Sink.head(), system)
                .thenApply(parts -> {
                    List<List<JsonNode>> first = parts.first();
                    return first.size() < BEFORE_ANSWER
                            ? Answers.array(first.stream().flatMap(List::stream).toList())
                            : Answers.array(
                                    Source.from(first)
                                            .concat(
                                                    parts.second()
                                                            .mapError(
                                                                    Throwable.class,
                                                                    failure ->
                                                                            brokenOff(
                                                                                    exchange,
                                                                                    failure))));
                });
    }

    private static Throwable brokenOff(Exchange exchange, Throwable failure) {
        LOG.atWarn()
                .setCause(failure)
                .addKeyValue("correlation-id", exchange.correlationId())
                .log("A list of connections broke off.");
        return failure;
    }
}
