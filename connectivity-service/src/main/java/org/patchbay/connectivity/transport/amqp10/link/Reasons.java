package org.patchbay.connectivity.transport.amqp10.link;

import java.util.Map;
import org.patchbay.connectivity.transport.endpoint.Unreachable;

/**
 * Why something failed, in words that go after a colon. Brokers are quoted; what the library says
 * of its own accord is put so that it tells what to do.
 */
public final class Reasons {

    /** Both for who looks for why nothing leaves and for who reads what became of a message. */
    static final String NO_CREDIT =
            "it gives no credit, as when the address is full or the broker is short of memory or"
                    + " disk. Empty or enlarge the address, or give the broker more room";

    private static final String CLOSED = "the other end closed the link without saying why";

    private static final String CONDITION_ONLY =
            "Received error from remote peer without description [condition = ";

    private static final Map<String, String> OF_THE_LIBRARY =
            Map.ofEntries(
                    Map.entry("Timed out waiting for credit to send Message", NO_CREDIT),
                    Map.entry(
                            "Timed out waiting for disposition of sent Message",
                            "it did not say within jms.sendTimeout what became of it"),
                    Map.entry(
                            "Delivery failed: released by receiver",
                            "it gave the message back, as when nobody takes it there now"),
                    Map.entry(
                            "Delivery failed: failure at remote",
                            "it could not take the message just now and gave no reason"),
                    Map.entry("Unknown error from remote peer", "it gave no reason"),
                    Map.entry("Transport connection remotely closed.", CLOSED),
                    Map.entry("Cannot send to a non-connected transport.", CLOSED),
                    Map.entry(
                            "Transport closed due to the peer exceeding our requested idle-timeout",
                            "no sign of life came from the broker within amqp.idleTimeout"));

    private Reasons() {}

    /** Without a full stop where nobody set one. */
    public static String of(Throwable thrown) {
        if (isClosedWhileMade(thrown)) {
            return CLOSED;
        }
        String text = Unreachable.rootMessage(thrown);
        if (text.startsWith(CONDITION_ONLY)) {
            String condition = text.substring(CONDITION_ONLY.length(), text.length() - 1);
            return condition.equals("amqp:connection:forced")
                    ? "the broker ended it, as when it stops or an operator has it do so ("
                            + condition
                            + ")"
                    : "the broker gave no other reason than " + condition;
        }
        return text.startsWith("Request to ") && text.endsWith(" timed out")
                ? "no answer came within jms.requestTimeout"
                : OF_THE_LIBRARY.getOrDefault(text, text);
    }

    /** Whether the other end closed a link at once, or as good as that. */
    static boolean isClosed(Throwable thrown) {
        return of(thrown).equals(CLOSED);
    }

    /** A link may close before the library has made all that it needs to notice. */
    private static boolean isClosedWhileMade(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        StackTraceElement[] trace = root.getStackTrace();
        return root instanceof NullPointerException
                && trace.length > 0
                && trace[0].getClassName().startsWith("org.apache.qpid.");
    }
}
