package org.patchbay.connectivity.path.deadletter;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.protocol.header.Headers;

/** The headers of a dead letter: those of the message, and what became of it. */
final class DeadLetterHeaders {

    private static final String REASON = "dead-letter-reason";
    private static final String STAGE = "dead-letter-stage";
    private static final String CODE = "dead-letter-code";
    private static final String DESCRIPTION = "dead-letter-description";
    private static final String SOURCE = "dead-letter-source";
    private static final String TARGET = "dead-letter-target";
    private static final String ENTITY = "dead-letter-entity";
    private static final String TIME = "dead-letter-time";

    /** The connections it was a dead letter of, the last one last. */
    private static final String VIA = "dead-letter-via";

    private static final int VIA_MAX = 10;
    private static final int TEXT_MAX = 1_000;

    /** What the transport said of the message that came, and would do to the one that leaves. */
    private static final List<String> OF_TRANSPORT =
            List.of("mqtt.", "kafka.", "http.", "amqp.message.annotation:");

    /** The same of AMQP 1.0: elsewhere these are headers like others. */
    private static final Set<String> OF_AMQP_10 =
            Set.of(
                    "message-id",
                    "user-id",
                    "to",
                    "absolute-expiry-time",
                    "group-id",
                    "group-sequence",
                    "reply-to-group-id");

    private DeadLetterHeaders() {}

    /**
     * Whether a message has been a dead letter of this connection, or of too many others, so that
     * it must not become one again: it would never end.
     */
    static boolean hasBeenOne(Headers headers, String connectionId) {
        List<String> via = via(headers);
        return via.contains(connectionId) || via.size() >= VIA_MAX;
    }

    static Headers of(DeadLetter letter, Connection connection, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        letter.headers()
                .forEach((name, value) -> {
                    if (!isOfTransport(name, connection.type())) {
                        headers.put(name, value);
                    }
                });
        Ending ending = letter.ending();
        put(headers, REASON, ending.reason().wireName());
        put(headers, STAGE, ending.reason().stage().wireName());
        put(headers, CODE, ending.code());
        put(headers, DESCRIPTION, ending.text());
        put(headers, SOURCE, letter.source());
        put(headers, TARGET, letter.target());
        put(headers, ENTITY, letter.signal() == null ? null : letter.signal().entityId());
        put(headers, TIME, now.toString());
        List<String> before = via(letter.headers());
        headers.put(
                VIA,
                before.isEmpty()
                        ? connection.id()
                        : String.join(",", before) + "," + connection.id());
        return Headers.of(headers);
    }

    private static boolean isOfTransport(String name, ConnectionType type) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OF_TRANSPORT.stream().anyMatch(lower::startsWith)
                || type == ConnectionType.AMQP_10 && OF_AMQP_10.contains(lower);
    }

    private static List<String> via(Headers headers) {
        String text = headers.get(VIA);
        return text == null || text.isBlank()
                ? List.of()
                : List.of(text.split("\\s*,\\s*", VIA_MAX + 1));
    }

    /** What an earlier dead letter said of itself does not stand in a later one. */
    private static void put(Map<String, String> headers, String name, @Nullable String text) {
        if (text == null) {
            headers.remove(name);
        } else {
            headers.put(name, fit(text));
        }
    }

    /** In one line, and no longer than a header should be. */
    private static String fit(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        if (line.length() <= TEXT_MAX) {
            return line;
        }
        int end =
                Character.isHighSurrogate(line.charAt(TEXT_MAX - 2)) ? TEXT_MAX - 2 : TEXT_MAX - 1;
        return line.substring(0, end) + "…";
    }
}
