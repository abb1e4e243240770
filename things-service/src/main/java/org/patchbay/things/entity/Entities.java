package org.patchbay.things.entity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;

/** Asks other things and policies on behalf of whoever sent a command. */
public final class Entities {

    /** Sends a command to an entity. */
    @FunctionalInterface
    public interface Asking {
        CompletionStage<Signal> ask(EntityKind kind, String id, SignalRequest request);
    }

    private final Asking asking;

    public Entities(Asking asking) {
        this.asking = asking;
    }

    /** A thing or a policy as the sender of the request may read it, or an error. */
    public CompletionStage<Signal> retrieve(SignalRequest cause, EntityKind kind, String id) {
        return send(cause, kind, id, "retrieve", null);
    }

    public CompletionStage<Signal> createPolicy(SignalRequest cause, String id, JsonNode policy) {
        return send(cause, EntityKind.POLICY, id, "create", policy);
    }

    private CompletionStage<Signal> send(
            SignalRequest cause,
            EntityKind kind,
            String id,
            String action,
            @Nullable JsonNode value) {
        boolean isPolicy = kind == EntityKind.POLICY;
        int colon = id.indexOf(':');
        TopicPath topic =
                new TopicPath(
                        id.substring(0, Math.max(colon, 0)),
                        id.substring(colon + 1),
                        isPolicy ? TopicPath.Group.POLICIES : TopicPath.Group.THINGS,
                        isPolicy ? TopicPath.Channel.NONE : TopicPath.Channel.TWIN,
                        TopicPath.Criterion.COMMANDS,
                        action);
        String correlationId = cause.signal().headers().correlationId();
        Headers headers =
                correlationId == null
                        ? Headers.EMPTY
                        : Headers.EMPTY.with(HeaderDefinition.CORRELATION_ID, correlationId);
        Signal signal = Signal.command(topic, JsonPointer.ROOT, headers, value);
        return asking.ask(kind, id, new SignalRequest(signal, cause.by(), null, null));
    }
}
