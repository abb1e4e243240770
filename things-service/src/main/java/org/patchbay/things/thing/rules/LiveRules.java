package org.patchbay.things.thing.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.Permission;
import org.patchbay.protocol.policy.PolicyView;
import org.patchbay.things.document.Decision;
import org.patchbay.things.document.Document;
import org.patchbay.things.document.SignalHeaders;

/**
 * Live signals pass the twin for permission and go on to the subscribers; the twin does not change.
 */
public final class LiveRules {

    private static final String MESSAGE = "message";
    private static final JsonPointer CLAIM = JsonPointer.parse("/inbox/messages/claim");

    private LiveRules() {}

    public static boolean isLive(Signal signal) {
        return signal.topic().channel() == TopicPath.Channel.LIVE;
    }

    public static Decision decide(Document.Active thing, SignalRequest asked, PolicyView view) {
        if (asked.signal().topic().criterion() != TopicPath.Criterion.MESSAGES) {
            return pass(thing, asked, view);
        }
        Signal message = asked.signal();
        JsonPointer path = MessagePath.of(message);
        if (path == null) {
            String topic = message.topic().toString();
            return Decision.reject(ThingProblems.messageNowhere(topic, message.path()));
        }
        return pass(
                thing,
                new SignalRequest(
                        message.at(path), asked.by(), asked.origin(), asked.acknowledgements()),
                view);
    }

    private static Decision pass(Document.Active thing, SignalRequest request, PolicyView view) {
        Signal signal = request.signal();
        Problem refused = refusal(request, view);
        if (refused != null) {
            return Decision.reject(refused);
        }
        String condition = signal.headers().get(HeaderDefinition.CONDITION);
        if (condition != null) {
            Problem unmet = ThingConditions.check(condition, thing, view, request.by());
            if (unmet != null) {
                return Decision.reject(unmet);
            }
        }
        Headers answer = SignalHeaders.ofResponse(request, thing.revision(), null);
        return new Decision.Publish(
                signal.with(publishedHeaders(request)), signal.respond(202, answer, null));
    }

    /** Whether somebody may answer what the thing has published: who may see some of it. */
    public static boolean mayAnswer(SignalRequest request, PolicyView view) {
        AuthorizationContext by = request.by();
        JsonPointer anywhere = JsonPointer.ROOT;
        return view.allowsSome(by, ThingRules.RESOURCE, anywhere, Permission.READ)
                || view.allowsSome(by, MESSAGE, anywhere, Permission.READ);
    }

    /** An answer as its requester gets it. */
    public static Signal answer(SignalRequest request) {
        Signal signal = request.signal();
        Headers.Builder own = Headers.builder();
        if (!request.by().subjects().isEmpty()) {
            own.set(HeaderDefinition.ORIGINATOR, request.by().subjects().getFirst());
        }
        if (isLive(signal)) {
            own.set("channel", "live");
        }
        if (signal.topic().criterion() == TopicPath.Criterion.MESSAGES) {
            describeMessage(signal, own);
        }
        own.set(HeaderDefinition.RESPONSE_REQUIRED, "false");
        return signal.with(signal.headers().withAll(own.build()));
    }

    private static @Nullable Problem refusal(SignalRequest request, PolicyView view) {
        Signal signal = request.signal();
        AuthorizationContext by = request.by();
        return switch (signal.topic().criterion()) {
            case MESSAGES -> {
                // Whoever claims a thing has no permission yet; the thing itself decides.
                boolean allowed =
                        signal.path().equals(CLAIM)
                                || view.allows(by, MESSAGE, signal.path(), Permission.WRITE);
                yield allowed ? null : ThingProblems.sendNotAllowed(signal.entityId());
            }
            case COMMANDS -> refusalOfCommand(ThingCommand.read(request), view);
            case EVENTS ->
                    view.allows(by, ThingRules.RESOURCE, signal.path(), Permission.WRITE)
                            ? null
                            : ThingProblems.eventNotAllowed(signal.entityId());
            case ACKS, ERRORS, SEARCH, ANNOUNCEMENTS, STREAMING ->
                    ThingProblems.unknownCommand(signal.topic().toString());
        };
    }

    private static @Nullable Problem refusalOfCommand(ThingCommand command, PolicyView view) {
        AuthorizationContext by = command.request().by();
        return switch (command.action()) {
            case RETRIEVE ->
                    view.allowsSome(by, ThingRules.RESOURCE, command.path(), Permission.READ)
                            ? null
                            : command.shape().notFound(command.thingId(), command.path());
            case MERGE ->
                    view.allowsPatch(
                                    by,
                                    ThingRules.RESOURCE,
                                    command.path(),
                                    command.value(),
                                    Permission.WRITE)
                            ? null
                            : command.shape().notModifiable(command.thingId(), command.path());
            case CREATE, MODIFY, DELETE ->
                    view.allows(by, ThingRules.RESOURCE, command.path(), Permission.WRITE)
                            ? null
                            : command.shape().notModifiable(command.thingId(), command.path());
        };
    }

    private static Headers publishedHeaders(SignalRequest request) {
        Signal signal = request.signal();
        Headers.Builder own = Headers.builder();
        if (!request.by().subjects().isEmpty()) {
            own.set(HeaderDefinition.ORIGINATOR, request.by().subjects().getFirst());
        }
        own.set("channel", "live");
        switch (signal.topic().criterion()) {
            case MESSAGES -> {
                own.set(
                        HeaderDefinition.REQUESTED_ACKS,
                        SignalHeaders.array(SignalHeaders.requestedLabels(request)));
                describeMessage(signal, own);
                own.set(HeaderDefinition.RESPONSE_REQUIRED, responseRequired(signal, true));
            }
            case EVENTS -> {
                own.set(HeaderDefinition.RESPONSE_REQUIRED, "false");
                own.set(HeaderDefinition.CONTENT_TYPE, "application/json");
                if (signal.revision() != null) {
                    own.set(HeaderDefinition.ENTITY_REVISION, signal.revision().toString());
                }
            }
            default -> {
                own.set(HeaderDefinition.RESPONSE_REQUIRED, responseRequired(signal, true));
                own.set(
                        HeaderDefinition.CONTENT_TYPE,
                        signal.headers().getOr(HeaderDefinition.CONTENT_TYPE, "application/json"));
            }
        }
        return signal.headers().without(HeaderDefinition.REQUEST_ONLY).withAll(own.build());
    }

    private static String responseRequired(Signal signal, boolean otherwise) {
        return Boolean.toString(signal.headers().responseRequired(otherwise));
    }

    private static void describeMessage(Signal signal, Headers.Builder own) {
        List<String> segments = signal.path().segments();
        boolean ofFeature = segments.size() > 2 && segments.getFirst().equals("features");
        String box = ofFeature ? segments.get(2) : segments.isEmpty() ? "" : segments.getFirst();
        own.set("ditto-message-thing-id", signal.entityId());
        if (ofFeature) {
            own.set("ditto-message-feature-id", segments.get(1));
        }
        if (signal.topic().action() != null) {
            own.set("ditto-message-subject", signal.topic().action());
        }
        own.set("ditto-message-direction", box.equals("outbox") ? "FROM" : "TO");
    }
}
