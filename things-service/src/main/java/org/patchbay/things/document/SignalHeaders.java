package org.patchbay.things.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * The headers of what a command causes. What a command carries passes through, but for what only a
 * request can mean.
 */
public final class SignalHeaders {

    private static final String JSON = "application/json";
    private static final Set<String> BUILT_IN_LABELS =
            Set.of("twin-persisted", "live-response", "search-persisted");

    private static final Set<String> OF_RESPONSES_TOO = Set.of(HeaderDefinition.REQUESTED_ACKS);

    private SignalHeaders() {}

    /** The headers of the answer to a command. */
    public static Headers ofResponse(SignalRequest request, long revision, @Nullable String tag) {
        Headers.Builder own = common(request);
        own.set(HeaderDefinition.ENTITY_REVISION, Long.toString(revision));
        if (tag != null) {
            own.set(HeaderDefinition.ETAG, tag);
        }
        own.set(HeaderDefinition.CONTENT_TYPE, contentType(request));
        return passedOn(request).without(OF_RESPONSES_TOO).withAll(own.build());
    }

    /**
     * The headers of an error; with what acknowledgements were requested beside that of the twin.
     */
    public static Headers ofError(SignalRequest request, @Nullable String tag) {
        Headers.Builder own = common(request);
        List<String> labels = requestedLabels(request);
        if (!labels.isEmpty()) {
            own.set(HeaderDefinition.REQUESTED_ACKS, array(labels));
        }
        if (tag != null) {
            own.set(HeaderDefinition.ETAG, tag);
        }
        own.set(HeaderDefinition.CONTENT_TYPE, JSON);
        return passedOn(request).without(OF_RESPONSES_TOO).withAll(own.build());
    }

    /** The headers of an error about a command that could not even be read: nobody sent it yet. */
    public static Headers ofMalformed(SignalRequest request) {
        return ofError(request, null).without(HeaderDefinition.ORIGINATOR);
    }

    /** The headers of the event that a command caused. */
    public static Headers ofEvent(SignalRequest request, Change change) {
        Headers.Builder own = common(request);
        own.set(HeaderDefinition.REQUESTED_ACKS, array(requestedLabels(request)));
        own.set(HeaderDefinition.ENTITY_REVISION, Long.toString(change.revision()));
        Headers passed = passedOn(request);
        if (change.value() == null) {
            return passed.without(HeaderDefinition.CONTENT_TYPE).withAll(own.build());
        }
        own.set(HeaderDefinition.CONTENT_TYPE, contentType(request));
        return passed.withAll(own.build());
    }

    /** The acknowledgements that a command requests, but for those that no subscriber gives. */
    public static List<String> requestedLabels(SignalRequest request) {
        String text = request.signal().headers().get(HeaderDefinition.REQUESTED_ACKS);
        List<String> labels = new ArrayList<>();
        if (text == null || text.equals("[]")) {
            return labels;
        }
        String list = text.strip();
        if (list.startsWith("[") && list.endsWith("]")) {
            list = list.substring(1, list.length() - 1);
        }
        for (String label : list.split(",", -1)) {
            String bare = label.strip().replace("\"", "");
            if (!bare.isEmpty() && !BUILT_IN_LABELS.contains(bare)) {
                labels.add(bare);
            }
        }
        return labels;
    }

    /** Those of a command's headers that are stored with its event. */
    public static Headers kept(Headers headers, AuthorizationContext by, Set<String> names) {
        Headers.Builder kept = Headers.builder();
        for (String name : names) {
            String value =
                    name.equals(HeaderDefinition.ORIGINATOR) && !by.subjects().isEmpty()
                            ? by.subjects().getFirst()
                            : headers.get(name);
            if (value != null) {
                kept.set(name, value);
            }
        }
        return kept.build();
    }

    private static Headers passedOn(SignalRequest request) {
        return request.signal().headers().without(HeaderDefinition.REQUEST_ONLY);
    }

    private static Headers.Builder common(SignalRequest request) {
        Headers.Builder own = Headers.builder();
        if (!request.by().subjects().isEmpty()) {
            own.set(HeaderDefinition.ORIGINATOR, request.by().subjects().getFirst());
        }
        own.set(HeaderDefinition.RESPONSE_REQUIRED, "false");
        return own;
    }

    private static String contentType(SignalRequest request) {
        return "merge".equals(request.signal().topic().action())
                ? "application/merge-patch+json"
                : JSON;
    }

    /** A list of texts as the text of a header. */
    public static String array(List<String> texts) {
        if (texts.isEmpty()) {
            return "[]";
        }
        return "[\"" + String.join("\",\"", texts) + "\"]";
    }
}
