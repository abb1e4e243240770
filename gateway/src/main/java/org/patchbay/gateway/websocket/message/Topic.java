package org.patchbay.gateway.websocket.message;

import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.SignalKind;

/** What a client can have sent to it, by the names of Ditto's text messages. */
public enum Topic {
    EVENTS("EVENTS", SignalKind.TWIN_EVENTS),
    MESSAGES("MESSAGES", SignalKind.LIVE_MESSAGES),
    LIVE_COMMANDS("LIVE-COMMANDS", SignalKind.LIVE_COMMANDS),
    LIVE_EVENTS("LIVE-EVENTS", SignalKind.LIVE_EVENTS),
    POLICY_ANNOUNCEMENTS("POLICY-ANNOUNCEMENTS", SignalKind.POLICY_ANNOUNCEMENTS);

    private static final String START = "START-SEND-";
    private static final String STOP = "STOP-SEND-";
    private static final String ACK = ":ACK";

    private final String word;
    private final SignalKind kind;

    Topic(String word, SignalKind kind) {
        this.word = word;
        this.kind = kind;
    }

    public SignalKind kind() {
        return kind;
    }

    public String started() {
        return START + word + ACK;
    }

    public String stopped() {
        return STOP + word + ACK;
    }

    /** The topic that a client starts with this word, or null. */
    static @Nullable Topic startedBy(String word) {
        return by(START, word);
    }

    /** The topic that a client stops with this word, or null. */
    static @Nullable Topic stoppedBy(String word) {
        return by(STOP, word);
    }

    private static @Nullable Topic by(String prefix, String word) {
        if (!word.startsWith(prefix)) {
            return null;
        }
        String rest = word.substring(prefix.length());
        for (Topic topic : values()) {
            if (topic.word.equals(rest)) {
                return topic;
            }
        }
        return null;
    }
}
