package org.patchbay.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * An error as a value: what went wrong, where, and what to do about it.
 *
 * <p>Status and code are Ditto's; the wording is ours. Carried as it is until the edge, where it
 * becomes an HTTP answer or an error signal; {@link ProblemException} carries it through code that
 * must throw.
 */
public record Problem(
        int status,
        String code,
        String message,
        @Nullable String description,
        @Nullable String href) {

    public static Problem of(int status, String code, String message) {
        return new Problem(status, code, message, null, null);
    }

    public Problem describedBy(String newDescription) {
        return new Problem(status, code, message, newDescription, href);
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }

    /** {@code {status, error, message, description?, href?}}, the body of every error answer. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", status);
        json.put("error", code);
        json.put("message", message);
        if (description != null) {
            json.put("description", description);
        }
        if (href != null) {
            json.put("href", href);
        }
        return json;
    }
}
