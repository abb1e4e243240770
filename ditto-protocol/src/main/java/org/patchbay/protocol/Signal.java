package org.patchbay.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.JsonPointer;

/**
 * One Ditto Protocol message, carried as it is from end to end: a command, its response, an error,
 * an event, a live message, an acknowledgement or an announcement.
 *
 * <p>JSON values are shared, never changed: whoever wants another value makes another signal.
 *
 * @param fields what a retrieve command asks for
 * @param status what a response or an acknowledgement answers, with HTTP's numbers
 * @param extra fields of the thing added for a subscriber ({@code extraFields})
 * @param revision an event's revision of its entity
 */
public record Signal(
        TopicPath topic,
        JsonPointer path,
        Headers headers,
        @Nullable JsonNode value,
        @Nullable FieldSelector fields,
        @Nullable Integer status,
        @Nullable JsonNode extra,
        @Nullable Long revision,
        @Nullable Instant timestamp) {

    /** A command, live message or announcement: no status, no revision. */
    public static Signal command(
            TopicPath topic, JsonPointer path, Headers headers, @Nullable JsonNode value) {
        return new Signal(topic, path, headers, value, null, null, null, null, null);
    }

    /** An event: what changed at which revision. */
    public static Signal event(
            TopicPath topic,
            JsonPointer path,
            Headers headers,
            @Nullable JsonNode value,
            long revision,
            Instant timestamp) {
        return new Signal(topic, path, headers, value, null, null, null, revision, timestamp);
    }

    /** The answer to this command: same topic and path. */
    public Signal respond(int newStatus, Headers newHeaders, @Nullable JsonNode newValue) {
        return new Signal(topic, path, newHeaders, newValue, null, newStatus, null, null, null);
    }

    /** The error that answers this command: the topic's errors, at the root. */
    public Signal fail(Problem problem, Headers newHeaders) {
        return failed(topic.with(TopicPath.Criterion.ERRORS, null), problem, newHeaders);
    }

    /** An error signal on a topic of its own, for what could not be read as a signal. */
    public static Signal failed(TopicPath topic, Problem problem, Headers headers) {
        return new Signal(
                topic,
                JsonPointer.ROOT,
                headers,
                problem.toJson(),
                null,
                problem.status(),
                null,
                null,
                null);
    }

    public boolean isError() {
        return topic.criterion() == TopicPath.Criterion.ERRORS;
    }

    /** Whether this is an error that may not come again when the same is tried later. */
    public boolean isPassingFailure() {
        return isError() && status != null && (status >= 500 || status == 408 || status == 429);
    }

    /** Whether this answers something: it has a status. */
    public boolean isResponse() {
        return status != null;
    }

    public String entityId() {
        return topic.entityId();
    }

    public Signal with(Headers newHeaders) {
        return new Signal(
                topic, path, newHeaders, value, fields, status, extra, revision, timestamp);
    }

    public Signal at(JsonPointer newPath) {
        return new Signal(
                topic, newPath, headers, value, fields, status, extra, revision, timestamp);
    }

    public Signal withValue(@Nullable JsonNode newValue) {
        return new Signal(
                topic, path, headers, newValue, fields, status, extra, revision, timestamp);
    }

    public Signal withExtra(@Nullable JsonNode newExtra) {
        return new Signal(
                topic, path, headers, value, fields, status, newExtra, revision, timestamp);
    }

    public Signal withFields(@Nullable FieldSelector newFields) {
        return new Signal(
                topic, path, headers, value, newFields, status, extra, revision, timestamp);
    }
}
