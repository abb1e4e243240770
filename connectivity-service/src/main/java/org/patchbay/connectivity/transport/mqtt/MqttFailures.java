package org.patchbay.connectivity.transport.mqtt;

import com.fasterxml.jackson.databind.node.TextNode;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.Unreachable;
import org.patchbay.protocol.header.Headers;

/** The library's exceptions in our words, and whom to blame. */
final class MqttFailures {

    private static final int FORBIDDEN = 403;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private MqttFailures() {}

    /**
     * @param identified whether the connection has a client certificate to show
     */
    static Failure connecting(Endpoint endpoint, boolean identified, Throwable thrown) {
        Throwable cause = Unreachable.unwrapped(thrown);
        return switch (cause) {
            case Failure failure -> failure;
            case Mqtt3ConnAckException refused -> {
                Mqtt3ConnAckReturnCode code = refused.getMqttMessage().getReturnCode();
                yield refused(
                        endpoint,
                        code.name(),
                        code != Mqtt3ConnAckReturnCode.SERVER_UNAVAILABLE,
                        refused);
            }
            case Mqtt5ConnAckException refused -> {
                Mqtt5ConnAckReasonCode code = refused.getMqttMessage().getReasonCode();
                yield refused(endpoint, code.name(), isUsersFault(code), refused);
            }
            default -> Unreachable.of(endpoint, identified, cause);
        };
    }

    private static Failure refused(
            Endpoint endpoint, String code, boolean byUser, Throwable cause) {
        String words =
                "The broker at " + endpoint + " refused the connection: " + words(code) + ".";
        return (byUser ? Failure.byUser(words, cause) : Failure.bySystem(words, cause))
                .in(Layer.AUTHENTICATION);
    }

    private static boolean isUsersFault(Mqtt5ConnAckReasonCode code) {
        return switch (code) {
            case BAD_USER_NAME_OR_PASSWORD,
                    NOT_AUTHORIZED,
                    BANNED,
                    BAD_AUTHENTICATION_METHOD,
                    CLIENT_IDENTIFIER_NOT_VALID,
                    UNSUPPORTED_PROTOCOL_VERSION,
                    TOPIC_NAME_INVALID,
                    QOS_NOT_SUPPORTED,
                    RETAIN_NOT_SUPPORTED,
                    SERVER_MOVED ->
                    true;
            default -> false;
        };
    }

    /** A refused subscription is the user's to mend; anything else means that the link is gone. */
    static Failure subscribing(List<String> filters, Throwable thrown) {
        Throwable cause = Unreachable.unwrapped(thrown);
        String topics = String.join(", ", filters);
        return switch (cause) {
            case Failure failure -> failure;
            case Mqtt3SubAckException refused ->
                    notSubscribed(filters, refused.getMqttMessage().getReturnCodes(), refused);
            case Mqtt5SubAckException refused ->
                    notSubscribed(filters, refused.getMqttMessage().getReasonCodes(), refused);
            case IllegalArgumentException invalid ->
                    Failure.byUser("This can't be subscribed to: " + topics + ".", invalid)
                            .in(Layer.ADDRESSES);
            default ->
                    Failure.bySystem(
                                    "Subscribing to "
                                            + topics
                                            + " failed: "
                                            + Unreachable.rootMessage(cause),
                                    cause)
                            .in(Layer.ADDRESSES);
        };
    }

    /**
     * @param codes one for each filter, in order; an MQTT 3.1.1 broker gives no reason
     */
    private static Failure notSubscribed(
            List<String> filters, List<? extends Enum<?>> codes, Throwable cause) {
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < Math.min(filters.size(), codes.size()); i++) {
            String code = codes.get(i).name();
            if (code.equals("FAILURE")) {
                refused.add(filters.get(i));
            } else if (!code.contains("GRANTED") && !code.startsWith("SUCCESS")) {
                refused.add(filters.get(i) + " (" + words(code) + ")");
            }
        }
        return Failure.byUser(
                        "The broker refused a subscription: "
                                + String.join(", ", refused.isEmpty() ? filters : refused)
                                + ".",
                        cause)
                .in(Layer.ADDRESSES);
    }

    static Failure lost(Endpoint endpoint, Throwable cause) {
        String why =
                cause instanceof Mqtt5DisconnectException told
                        ? words(told.getMqttMessage().getReasonCode().name())
                        : Unreachable.rootMessage(cause);
        return Failure.bySystem("The connection to " + endpoint + " was lost: " + why, cause);
    }

    static PublishResult publishing(Throwable thrown) {
        Throwable cause = Unreachable.unwrapped(thrown);
        return switch (cause) {
            case Mqtt5PubAckException refused ->
                    refusedMessage(refused.getMqttMessage().getReasonCode());
            case Mqtt5PubRecException refused ->
                    refusedMessage(refused.getMqttMessage().getReasonCode());
            default ->
                    result(
                            UNAVAILABLE,
                            "The message was not published: " + Unreachable.rootMessage(cause));
        };
    }

    /**
     * By code, since acknowledgements of QoS 1 and 2 have each their own enum of the same codes.
     */
    private static PublishResult refusedMessage(Mqtt5ReasonCode code) {
        int status =
                switch (code.toString()) {
                    case "NOT_AUTHORIZED" -> FORBIDDEN;
                    case "TOPIC_NAME_INVALID", "PAYLOAD_FORMAT_INVALID" -> BAD_REQUEST;
                    default -> UNAVAILABLE;
                };
        return result(status, "The broker refused the message: " + words(code.toString()) + ".");
    }

    static PublishResult result(int status, String message) {
        return new PublishResult(status, Headers.EMPTY, TextNode.valueOf(message));
    }

    private static String words(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
