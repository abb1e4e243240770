package org.patchbay.protocol;

import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.TopicPath.Channel;

/** What a target, a WebSocket or another subscriber can subscribe to. */
public enum SignalKind {
    TWIN_EVENTS("_/_/things/twin/events"),
    LIVE_EVENTS("_/_/things/live/events"),
    LIVE_COMMANDS("_/_/things/live/commands"),
    LIVE_MESSAGES("_/_/things/live/messages"),
    POLICY_ANNOUNCEMENTS("_/_/policies/announcements"),
    CONNECTION_ANNOUNCEMENTS("_/_/connections/announcements");

    private final String topic;

    SignalKind(String topic) {
        this.topic = topic;
    }

    /** The topic as it stands in a target's {@code topics}. */
    public String topic() {
        return topic;
    }

    /** The kind with this topic, or null where there is none. */
    public static @Nullable SignalKind ofTopic(String topic) {
        for (SignalKind kind : values()) {
            if (kind.topic.equals(topic)) {
                return kind;
            }
        }
        return null;
    }

    /** What kind of published signal this is, or null where nobody can subscribe to it. */
    public static @Nullable SignalKind of(Signal signal) {
        TopicPath topic = signal.topic();
        return switch (topic.group()) {
            case THINGS ->
                    switch (topic.criterion()) {
                        case EVENTS -> topic.channel() == Channel.LIVE ? LIVE_EVENTS : TWIN_EVENTS;
                        case MESSAGES -> LIVE_MESSAGES;
                        case COMMANDS -> topic.channel() == Channel.LIVE ? LIVE_COMMANDS : null;
                        case ERRORS, ACKS, SEARCH, ANNOUNCEMENTS, STREAMING -> null;
                    };
            case POLICIES ->
                    topic.criterion() == TopicPath.Criterion.ANNOUNCEMENTS
                            ? POLICY_ANNOUNCEMENTS
                            : null;
            case CONNECTIONS ->
                    topic.criterion() == TopicPath.Criterion.ANNOUNCEMENTS
                            ? CONNECTION_ANNOUNCEMENTS
                            : null;
        };
    }
}
