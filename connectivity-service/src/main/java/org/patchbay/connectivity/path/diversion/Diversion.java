package org.patchbay.connectivity.path.diversion;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Diverting;
import org.patchbay.connectivity.model.option.OptionValues;
import org.patchbay.connectivity.model.validation.ConnectionValidation;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.TakeResponse;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.connectivity.monitoring.account.Ledger;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.connectivity.path.Lanes;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * Hands the responses to one source's commands over to other connections, wherever these run, where
 * a header of the command says so. Those about one entity go one after the other. What the other
 * connection can't take now is offered again; what it will not take is counted and logged here as
 * dropped, and there as well.
 */
public final class Diversion {

    private final PathContext context;
    private final int source;
    private final Diverting options;
    private final Monitor monitor;
    private final Lanes lanes = new Lanes();

    /**
     * @param source which of the connection's sources this is
     */
    public Diversion(PathContext context, int source) {
        this.context = context;
        this.source = source;
        this.options = Diverting.of(context.connection());
        this.monitor = context.monitor().responses();
    }

    /**
     * Which connection the response is for, if it is diverted.
     *
     * @param type as {@code divert-expected-response-types} names it
     * @param command the headers of what is answered
     */
    public Optional<String> receiver(String type, Headers command) {
        if (!options.isSource()) {
            return Optional.empty();
        }
        String id = command.getOr(HeaderDefinition.DIVERT_TO, "").strip();
        return id.isEmpty() || !types(command).contains(type) ? Optional.empty() : Optional.of(id);
    }

    private static Set<String> types(Headers command) {
        String text = command.get(HeaderDefinition.DIVERT_TYPES);
        return text == null
                ? Diverting.RESPONSE_TYPES_DEFAULT
                : Set.copyOf(OptionValues.list(text));
    }

    /** Whether diverted responses go the usual way, too. */
    public boolean preservesReplies() {
        return options.preservesReplies();
    }

    /** A signal without what is only for us to know. */
    public static Signal hidden(Signal signal) {
        Headers headers = signal.headers();
        boolean none =
                !headers.has(HeaderDefinition.DIVERT_TO)
                        && !headers.has(HeaderDefinition.DIVERT_TYPES);
        return none
                ? signal
                : signal.with(
                        headers.without(HeaderDefinition.DIVERT_TO, HeaderDefinition.DIVERT_TYPES));
    }

    /**
     * Headers of a message as it came, with what its mapping, and not its sender, says about
     * diverting.
     */
    public static Headers asked(Headers mapped, Headers external) {
        Headers headers =
                external.without(HeaderDefinition.DIVERT_TO, HeaderDefinition.DIVERT_TYPES);
        for (String name : List.of(HeaderDefinition.DIVERT_TO, HeaderDefinition.DIVERT_TYPES)) {
            String value = mapped.get(name);
            headers = value == null ? headers : headers.with(name, value);
        }
        return headers;
    }

    /** Completes when the other connection has the response or never will; never fails. */
    public CompletionStage<Done> handOver(String receiver, Signal response) {
        Ledger.Entry account = context.monitor().totals().replies().take();
        return outcome(receiver, response)
                .thenApply(ending -> {
                    account.end(ending.reason());
                    return Done.getInstance();
                });
    }

    private CompletionStage<Ending> outcome(String receiver, Signal response) {
        Optional<Problem> impossible = ConnectionValidation.checkId(receiver);
        if (impossible.isPresent()) {
            return CompletableFuture.completedFuture(
                    dropped(receiver, response, impossible.get().message()));
        }
        Headers headers =
                response.headers().with(HeaderDefinition.DIVERTED_FROM, context.connection().id());
        var offer = new TakeResponse(response.with(headers), context.connection().id(), source);
        Instant deadline = Instant.now().plus(context.settings().retry().budget());
        return lanes.run(
                receiver + ' ' + response.entityId(), () -> offer(receiver, offer, 1, deadline));
    }

    private CompletionStage<Ending> offer(
            String receiver, TakeResponse offer, int tries, Instant deadline) {
        return context.others()
                .ask(receiver, offer)
                .handle((reply, failure) -> refusal(receiver, reply, failure))
                .thenCompose(refusal -> {
                    if (refusal.isEmpty()) {
                        return CompletableFuture.completedFuture(
                                handedOver(receiver, offer.response()));
                    }
                    Duration pause = context.settings().retry().pause(tries);
                    boolean again =
                            refusal.get().status() >= 500
                                    && Instant.now().plus(pause).isBefore(deadline);
                    return again
                            ? context.after(
                                    pause, () -> offer(receiver, offer, tries + 1, deadline))
                            : CompletableFuture.completedFuture(
                                    dropped(receiver, offer.response(), refusal.get().message()));
                });
    }

    private static Optional<Problem> refusal(
            String receiver, @Nullable ConnectionReply reply, @Nullable Throwable failure) {
        return switch (reply) {
            case ConnectionReply.Failed(var problem, _) -> Optional.of(problem);
            case null -> Optional.of(unavailable(receiver, failure));
            case ConnectionReply _ -> Optional.empty();
        };
    }

    private static Problem unavailable(String receiver, @Nullable Throwable failure) {
        return Problem.of(
                503,
                "connectivity:connection.unavailable",
                "The connection '" + receiver + "' did not answer: " + failure);
    }

    private Ending handedOver(String receiver, Signal response) {
        context.monitor()
                .connection()
                .success(
                        MetricType.OTHER,
                        response.headers(),
                        response.entityId(),
                        "The response leaves by the connection '" + receiver + "'.");
        return Ending.DONE;
    }

    private Ending dropped(String receiver, Signal response, String why) {
        String text = "The response was not diverted to the connection '" + receiver + "': " + why;
        monitor.failure(MetricType.DROPPED, response.headers(), response.entityId(), text);
        return Ending.of(Reason.PUBLISHING_FAILED, text);
    }
}
