package org.patchbay.connectivity.model.validation.endpoint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;

/** Labels of acknowledgements; {@code {{connection:id}}} may stand in them. */
final class AckLabels {

    static final String LIVE_RESPONSE = "live-response";

    private static final Pattern CONNECTION_ID = Pattern.compile("\\{\\{\\s*connection:id\\s*}}");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9\\-_:]{3,165}");

    private AckLabels() {}

    /** A label that this connection declares or issues: it starts with the connection's id. */
    static void own(String connectionId, String label, String pointer, Findings findings) {
        String resolved = resolve(connectionId, label);
        if (!LABEL.matcher(resolved).matches() || !resolved.startsWith(connectionId + ":")) {
            wrong(
                    label,
                    pointer,
                    "A label of this connection starts with {{connection:id}} and a colon;"
                            + " letters, digits, hyphens, underscores and colons follow.",
                    findings);
        }
    }

    /** A label that this connection asks for. */
    static void any(String connectionId, String label, String pointer, Findings findings) {
        if (!LABEL.matcher(resolve(connectionId, label)).matches()) {
            wrong(
                    label,
                    pointer,
                    "A label has 3 to 165 letters, digits, hyphens, underscores and colons.",
                    findings);
        }
    }

    private static String resolve(String connectionId, String label) {
        return CONNECTION_ID.matcher(label).replaceAll(Matcher.quoteReplacement(connectionId));
    }

    private static void wrong(String label, String pointer, String allowed, Findings findings) {
        findings.add(
                new Finding(
                        ConnectionProblems.LABEL_INVALID,
                        pointer,
                        "'" + label + "' can't be an acknowledgement's label.",
                        allowed));
    }
}
