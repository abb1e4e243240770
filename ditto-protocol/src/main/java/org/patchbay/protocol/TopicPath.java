package org.patchbay.protocol;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a signal belongs: {@code namespace/name/group/channel/criterion/action}.
 *
 * <p>Policies and connections have no channel ({@link Channel#NONE}), errors no action. The action
 * of a message or an acknowledgement is its subject or label and may itself hold slashes.
 */
public record TopicPath(
        String namespace,
        String name,
        Group group,
        Channel channel,
        Criterion criterion,
        @Nullable String action) {

    public enum Group {
        THINGS,
        POLICIES,
        CONNECTIONS;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** How it stands in a topic path. */
        public String wireName() {
            return wireName;
        }
    }

    public enum Channel {
        TWIN,
        LIVE,
        NONE;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** How it stands in a topic path. */
        public String wireName() {
            return wireName;
        }
    }

    public enum Criterion {
        COMMANDS,
        EVENTS,
        MESSAGES,
        ERRORS,
        ACKS,
        SEARCH,
        ANNOUNCEMENTS,
        STREAMING;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** How it stands in a topic path. */
        public String wireName() {
            return wireName;
        }
    }

    /** The entity's id, {@code namespace:name}; an id without a namespace is the name alone. */
    public String entityId() {
        return namespace.equals("_") ? name : namespace + ":" + name;
    }

    /** Reads a topic path; a malformed one is a {@code things:…}/{@code json} problem of Ditto. */
    public static TopicPath parse(String text) {
        return TopicPaths.parse(text);
    }

    public TopicPath with(Criterion newCriterion, @Nullable String newAction) {
        return new TopicPath(namespace, name, group, channel, newCriterion, newAction);
    }

    @Override
    public String toString() {
        return TopicPaths.write(this);
    }
}
