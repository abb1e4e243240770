package org.patchbay.connectivity.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.masking.Secrets;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.validation.ConnectionLimits;
import org.patchbay.connectivity.model.validation.ConnectionValidation;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Stored;
import org.patchbay.protocol.ProblemException;

/**
 * A connection as JSON. Reading throws a {@link ProblemException} that names everything that is
 * missing or of the wrong form by its JSON pointer; unknown fields are passed over, unknown keys of
 * {@code specificConfig} are kept.
 */
public final class ConnectionJson {

    private ConnectionJson() {}

    /** Reads a connection that names its own id. */
    public static Connection read(JsonNode json) {
        Findings findings = new Findings();
        Fields fields = new Fields(json, "", findings);
        return orThrow(ConnectionReader.read(fields, fields.text("id"), null), findings);
    }

    /** Reads a connection whose id is known from elsewhere; an id in the JSON is passed over. */
    public static Connection read(JsonNode json, String id) {
        Findings findings = new Findings();
        Fields fields = new Fields(json, "", findings);
        return orThrow(ConnectionReader.read(fields, id, null), findings);
    }

    /**
     * Reads a connection to be created, whose status may be left open: it is {@code unknown} then.
     */
    public static Connection readNew(JsonNode json, String id) {
        Findings findings = new Findings();
        Fields fields = new Fields(json, "", findings);
        return orThrow(ConnectionReader.read(fields, id, ConnectionStatus.UNKNOWN), findings);
    }

    /**
     * Where something can't be read, what else is wrong with the rest is told as well. How many of
     * something are allowed only the service knows, as what stands behind a mask; whether a field
     * is right for its type, only who knows the type.
     */
    private static Connection orThrow(Connection connection, Findings findings) {
        if (findings.isEmpty()) {
            return connection;
        }
        Findings all = new Findings();
        all.addAll(findings);
        if (!findings.touch("/connectionType")) {
            Set<String> masked = Secrets.maskedPlaces(connection);
            ConnectionValidation.findings(connection, ConnectionLimits.NONE).all().stream()
                    .filter(finding -> !isConsequence(finding, findings))
                    .filter(finding -> !masked.contains(finding.pointer()))
                    .forEach(all::add);
        }
        throw all.problem().orElseThrow().asException();
    }

    /** Sources are missed as well where it is the targets that can't be read. */
    private static boolean isConsequence(Finding finding, Findings unread) {
        return unread.touch(finding.pointer())
                || (finding.pointer().equals("/sources") && unread.touch("/targets"));
    }

    /** All of it, secrets too: for the store and between nodes. */
    public static ObjectNode write(Connection connection) {
        return ConnectionWriter.write(connection);
    }

    /** As an API shows it; secrets were masked before where they are not to be seen. */
    public static ObjectNode show(Connection connection) {
        return write(connection);
    }

    /** As an API shows it, with the special fields that a caller has to ask for by name. */
    public static ObjectNode showWithSpecialFields(Stored stored) {
        ObjectNode json = show(stored.connection());
        json.put("_revision", stored.revision());
        putTime(json, "_created", stored.created());
        putTime(json, "_modified", stored.modified());
        json.put("__lifecycle", stored.deleted() ? "DELETED" : "ACTIVE");
        return json;
    }

    private static void putTime(ObjectNode json, String name, @Nullable Instant time) {
        if (time != null) {
            json.put(name, time.toString());
        }
    }
}
