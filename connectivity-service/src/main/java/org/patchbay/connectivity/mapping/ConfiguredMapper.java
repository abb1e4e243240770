package org.patchbay.connectivity.mapping;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.placeholder.Condition;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A mapper with what its definition says about it: when it maps, and how much it may give. */
public final class ConfiguredMapper implements PayloadMapper {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredMapper.class);

    private final String id;
    private final PayloadMapper mapper;
    private final Set<String> blockedContentTypes;
    private final Map<String, Condition> incoming;
    private final Map<String, Condition> outgoing;
    private final MappingConfig limits;

    ConfiguredMapper(
            String id,
            PayloadMapper mapper,
            Set<String> blockedContentTypes,
            MappingDefinition definition,
            MappingConfig limits) {
        this.id = id;
        this.mapper = mapper;
        this.blockedContentTypes = blockedContentTypes;
        this.incoming = conditions(definition.incomingConditions());
        this.outgoing = conditions(definition.outgoingConditions());
        this.limits = limits;
    }

    private static Map<String, Condition> conditions(Map<String, String> texts) {
        Map<String, Condition> conditions = new LinkedHashMap<>();
        texts.forEach((name, text) -> conditions.put(name, Condition.parse(text)));
        return conditions;
    }

    /** Which of its conditions, by name, hold for a message that comes in. */
    public Map<String, Boolean> conditions(ExternalMessage message) {
        return each(incoming, message.placeholders(Scope.MAPPING));
    }

    /** Which of its conditions, by name, hold for a signal that goes out. */
    public Map<String, Boolean> conditions(Signal signal) {
        return each(outgoing, placeholders(signal));
    }

    private static Map<String, Boolean> each(
            Map<String, Condition> conditions, SignalPlaceholders placeholders) {
        Map<String, Boolean> each = new LinkedHashMap<>();
        conditions.forEach((name, condition) -> each.put(name, condition.holds(placeholders)));
        return each;
    }

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        if (isBlocked(message.contentType()) || !holdsFor(message)) {
            return List.of();
        }
        return bounded("incoming", limits.signalsMax(), () -> mapper.inbound(message));
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        return holdsFor(signal)
                ? bounded(
                        "outgoing",
                        limits.messagesMax(),
                        () -> mapper.outbound(OutgoingHeaders.complete(signal)))
                : List.of();
    }

    /** Whether it maps no messages of this content type. */
    public boolean isBlocked(@Nullable String contentType) {
        return contentType != null && blockedContentTypes.contains(contentType);
    }

    private boolean holdsFor(ExternalMessage message) {
        return incoming.isEmpty() || all(incoming.values(), message.placeholders(Scope.MAPPING));
    }

    private boolean holdsFor(Signal signal) {
        return outgoing.isEmpty() || all(outgoing.values(), placeholders(signal));
    }

    private static SignalPlaceholders placeholders(Signal signal) {
        return SignalPlaceholders.outbound(signal, Surroundings.NONE).in(Scope.MAPPING);
    }

    private static boolean all(Collection<Condition> conditions, SignalPlaceholders placeholders) {
        return conditions.stream().allMatch(condition -> condition.holds(placeholders));
    }

    /** Whatever a mapper fails with, its message is not mapped and the next one is. */
    private <T> List<T> bounded(String direction, int most, Supplier<List<T>> mapping) {
        List<T> results;
        try {
            results = mapping.get();
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            LOG.atDebug().addKeyValue("mapper", id).setCause(e).log("A mapper failed");
            throw MappingProblems.failed(id, direction, reason(e)).asException();
        }
        if (results == null || holdsNull(results)) {
            throw MappingProblems.failed(id, direction, "It gave null.").asException();
        }
        if (results.size() > most) {
            String why = "It gave " + results.size() + " results; " + most + " are allowed.";
            throw MappingProblems.failed(id, direction, why).asException();
        }
        return results;
    }

    private static boolean holdsNull(List<?> results) {
        for (Object result : results) {
            if (result == null) {
                return true;
            }
        }
        return false;
    }

    /** Whoever reads it may know no Java, so its message alone where it has one that says more. */
    private static String reason(Throwable e) {
        String message = e.getMessage();
        boolean isMeant =
                e instanceof IllegalArgumentException || e instanceof IllegalStateException;
        return message != null && isMeant ? message : e.toString();
    }

    @Override
    public String toString() {
        return id;
    }
}
