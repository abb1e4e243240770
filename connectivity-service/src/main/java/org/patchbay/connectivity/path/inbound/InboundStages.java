package org.patchbay.connectivity.path.inbound;

import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.acknowledgement.Expectations;
import org.patchbay.cluster.twins.IncomingSignals;
import org.patchbay.connectivity.mapping.mappers.ThingIds;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.connectivity.path.HeaderMapping;
import org.patchbay.connectivity.path.MapperChain;
import org.patchbay.connectivity.path.acknowledgement.OwnAcks;
import org.patchbay.connectivity.path.diversion.Diversion;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.placeholder.Condition;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;

/**
 * What happens to a message of one source between mapping and dispatch: pure, one message at a
 * time.
 */
final class InboundStages {

    private static final TopicPath UNKNOWN =
            new TopicPath(
                    "unknown",
                    "unknown",
                    TopicPath.Group.THINGS,
                    TopicPath.Channel.TWIN,
                    TopicPath.Criterion.ERRORS,
                    null);

    /** How the header that identifies an entity names a thing. */
    private static final String THING_PREFIX = "thing:";

    private final String connectionId;
    private final OwnAcks ownAcks;
    private final Optional<Enforcer> enforcer;
    private final HeaderMapping headerMapping;

    /** The part of it that says who gets an error about a message that can't be read. */
    private final HeaderMapping diverting;

    private final Authoriser authoriser;
    private final Set<String> labels;
    private final @Nullable Condition labelsFilter;

    InboundStages(String connectionId, Source source, OwnAcks ownAcks) {
        this.connectionId = connectionId;
        this.ownAcks = ownAcks;
        this.enforcer = Enforcer.of(source.enforcement());
        this.headerMapping = HeaderMapping.of(source.headerMapping());
        this.diverting =
                headerMapping.only(HeaderDefinition.DIVERT_TO, HeaderDefinition.DIVERT_TYPES);
        this.authoriser = Authoriser.of(source.authorizationContext());
        var requests = source.acknowledgementRequests();
        this.labels = requests == null ? Set.of() : new LinkedHashSet<>(requests.includes());
        String filter = requests == null ? null : requests.filter();
        this.labelsFilter = filter == null ? null : Condition.parse(filter);
    }

    /** What to do for one result of the mapping. */
    Step next(Inbound inbound, MapperChain.Mapped<Signal> mapped, Monitor monitor) {
        return switch (mapped) {
            case MapperChain.Mapped.Message<Signal>(var signal) -> {
                monitor.success(
                        MetricType.MAPPED,
                        signal.headers(),
                        signal.entityId(),
                        "Mapped to a signal.");
                yield readable(inbound, signal, monitor);
            }
            case MapperChain.Mapped.Failure<Signal>(var problem, var known) -> {
                monitor.failure(
                        MetricType.MAPPED, inbound.headers(), null, text("Not mapped", problem));
                yield unreadable(inbound, problem, known, notMapped(problem));
            }
        };
    }

    /** What to answer where something went wrong inside. */
    Step unforeseen(Inbound inbound, Throwable cause) {
        Problem problem = Problems.internal(correlationIdOf(inbound.headers()));
        String text = "Could not be mapped: " + cause;
        return unreadable(
                inbound,
                problem,
                Headers.EMPTY,
                new Ending(Reason.MAPPING_FAILED, problem.code(), text));
    }

    /** On whose behalf the message is handled, the first of them; nobody where that is open. */
    @Nullable String subject(Inbound inbound) {
        Surroundings here =
                new Surroundings(connectionId, inbound.address(), null, InstantSource.system());
        AuthorizationContext by =
                authoriser.of(
                        SignalPlaceholders.inbound(
                                Scope.SOURCE_HEADERS, null, inbound.headers(), here));
        return by.subjects().isEmpty() ? null : by.subjects().getFirst();
    }

    private Step readable(Inbound inbound, Signal mapped, Monitor monitor) {
        if (IncomingSignals.isStrayAnswer(mapped)) {
            String text = "It answers something that nobody here has asked.";
            return new Step.Ignore(mapped, Ending.of(Reason.NOBODY_WAITS, text));
        }
        Surroundings here =
                new Surroundings(connectionId, inbound.address(), null, InstantSource.system());
        Headers external = inbound.headers();
        SignalPlaceholders placeholders =
                SignalPlaceholders.inbound(Scope.SOURCE_HEADERS, mapped, external, here);
        Map<String, String> fromSource;
        Signal signal;
        Expectations expects;
        boolean wanted;
        try {
            fromSource = headerMapping.resolve(placeholders);
            signal = withHeaders(mapped, fromSource, external);
            wanted = wantsAcknowledgements(placeholders);
            signal = wanted ? signal : askingForNothing(signal);
            expects = Expectations.of(signal, wanted ? labels : Set.of());
        } catch (ProblemException e) {
            monitor.failure(
                    MetricType.MAPPED,
                    external,
                    mapped.entityId(),
                    text("Not mapped", e.problem()));
            return unreadable(inbound, e.problem(), Headers.EMPTY, notMapped(e.problem()));
        }
        Optional<Problem> foreign = enforced(external, signal, here, monitor);
        if (foreign.isPresent()) {
            return refuse(signal, foreign.get(), Reason.ENFORCEMENT_FAILED);
        }
        Optional<Problem> problem = inadmissible(signal, expects);
        if (problem.isPresent()) {
            return refuse(signal, problem.get(), Reason.NOT_ADMITTED);
        }
        AuthorizationContext by = authoriser.of(placeholders);
        boolean sourceAsks = wanted && !labels.isEmpty();
        Signal bounded = bounded(signal, monitor);
        return new Step.Send(withExpectations(bounded, expects), by, expects, sourceAsks);
    }

    private Optional<Problem> inadmissible(Signal signal, Expectations expects) {
        Optional<Problem> problem = IncomingSignals.check(signal, expects);
        return isAcknowledgement(signal)
                ? problem.or(
                        () -> ownAcks.refusalFromOutside(String.valueOf(signal.topic().action())))
                : problem;
    }

    private Signal bounded(Signal signal, Monitor monitor) {
        if (!isAcknowledgement(signal) || !ownAcks.isTooLarge(signal.value())) {
            return signal;
        }
        monitor.failure(
                MetricType.MAPPED,
                signal.headers(),
                signal.entityId(),
                "The acknowledgement's payload is too large and was left out.");
        return ownAcks.withoutPayload(signal);
    }

    private static boolean isAcknowledgement(Signal signal) {
        return signal.topic().criterion() == TopicPath.Criterion.ACKS;
    }

    private static Step refuse(Signal signal, Problem problem, Reason reason) {
        Ending ending = Ending.of(reason, problem);
        if (signal.isError() && signal.isResponse()) {
            // Errors that answer errors would never end.
            return new Step.Ignore(signal, ending);
        }
        Headers headers = errorHeaders(signal.headers());
        boolean live = signal.topic().channel() == TopicPath.Channel.LIVE;
        Headers ofError = live ? headers.with("channel", "live") : headers;
        return new Step.Refuse(signal.fail(problem, ofError), ending);
    }

    private static Ending notMapped(Problem problem) {
        return Ending.of(Reason.MAPPING_FAILED, problem);
    }

    private Optional<Problem> enforced(
            Headers external, Signal signal, Surroundings here, Monitor monitor) {
        Optional<Problem> problem = enforcer.flatMap(e -> e.check(external, signal, here));
        if (problem.isPresent()) {
            monitor.failure(
                    MetricType.ENFORCED,
                    signal.headers(),
                    signal.entityId(),
                    text("Enforcement failed", problem.get()));
        } else if (enforcer.isPresent()) {
            monitor.success(
                    MetricType.ENFORCED,
                    signal.headers(),
                    signal.entityId(),
                    "Enforcement passed.");
        }
        return problem;
    }

    /**
     * What the message itself says wins over the source's header mapping; nobody says who he is, or
     * anything else that is for us to say.
     */
    private Signal withHeaders(Signal mapped, Map<String, String> fromSource, Headers external) {
        Headers headers = Headers.of(fromSource).withAll(mapped.headers()).withoutInternal();
        if (mapped.isResponse()) {
            headers = headers.with("ditto-connection-id", connectionId);
        }
        String correlationId = headers.correlationId();
        return mapped.with(
                correlationId == null
                        ? headers.withCorrelationId(correlationIdOf(external))
                        : headers);
    }

    private static Signal withExpectations(Signal signal, Expectations expects) {
        Headers headers = signal.headers();
        if (expects.timeout().isZero()) {
            headers = headers.with(HeaderDefinition.RESPONSE_REQUIRED, "false");
        }
        if (!expects.requestedAcks().equals(Expectations.requestedAcks(headers))) {
            headers = headers.with(HeaderDefinition.REQUESTED_ACKS, labels(expects));
        }
        return headers == signal.headers() ? signal : signal.with(headers);
    }

    private static String labels(Expectations expects) {
        var array = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        expects.requestedAcks().stream()
                .filter(label -> !label.equals(Expectations.LIVE_RESPONSE))
                .forEach(array::add);
        return array.toString();
    }

    private boolean wantsAcknowledgements(SignalPlaceholders placeholders) {
        return labelsFilter == null || labelsFilter.holds(placeholders.in(Scope.MAPPING));
    }

    /** The source's filter is for what the message asks itself, too. */
    private static Signal askingForNothing(Signal signal) {
        return Expectations.requestedAcks(signal.headers()).isEmpty()
                ? signal
                : signal.with(signal.headers().without(HeaderDefinition.REQUESTED_ACKS));
    }

    /**
     * @param known what could be read of the message nevertheless
     */
    private Step unreadable(Inbound inbound, Problem problem, Headers known, Ending ending) {
        Headers headers = Diversion.asked(diverted(inbound), inbound.headers());
        String inside = known.correlationId();
        Headers identified =
                headers.withCorrelationId(inside == null ? correlationIdOf(headers) : inside);
        return new Step.Unreadable(
                Signal.failed(topicOf(known), problem, errorHeaders(identified)), ending);
    }

    private Headers diverted(Inbound inbound) {
        if (diverting.templates().isEmpty()) {
            return Headers.EMPTY;
        }
        Surroundings here =
                new Surroundings(connectionId, inbound.address(), null, InstantSource.system());
        try {
            return Headers.of(
                    diverting.resolve(
                            SignalPlaceholders.inbound(
                                    Scope.SOURCE_HEADERS, null, inbound.headers(), here)));
        } catch (ProblemException e) {
            // It is what makes the message unreadable.
            return Headers.EMPTY;
        }
    }

    /** The errors of the thing where it is known, else of nobody's. */
    private static TopicPath topicOf(Headers known) {
        String id = known.getOr(HeaderDefinition.ENTITY_ID, "");
        return id.startsWith(THING_PREFIX)
                ? ThingIds.topic(
                        id.substring(THING_PREFIX.length()),
                        TopicPath.Channel.TWIN,
                        TopicPath.Criterion.ERRORS,
                        null)
                : UNKNOWN;
    }

    private static Headers errorHeaders(Headers headers) {
        return headers.with(HeaderDefinition.RESPONSE_REQUIRED, "false")
                .with(HeaderDefinition.CONTENT_TYPE, "application/json");
    }

    private static String correlationIdOf(Headers headers) {
        String given = headers.correlationId();
        return given == null ? UUID.randomUUID().toString() : given;
    }

    private static String text(String what, Problem problem) {
        String why = what + " (" + problem.code() + "): " + problem.message();
        // Where a mapper failed, and in which line.
        return problem.description() == null ? why : why + " " + problem.description();
    }
}
