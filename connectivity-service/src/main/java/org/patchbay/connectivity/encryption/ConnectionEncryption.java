package org.patchbay.connectivity.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.wire.StoredForm;
import org.patchbay.connectivity.encryption.JsonTexts.Place;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.protocol.Problem;

/**
 * What happens to a connection's JSON on its way to the store and back. Going there, the values at
 * the configured pointers are encrypted with the current key. Coming back, whatever is encrypted is
 * opened, wherever it stands, with whichever configured key does it: so plain values, those under
 * the old key and those of pointers that are not configured any more stay readable.
 *
 * <p>A value that no key opens is passed on as it is, in both directions: its connection shows as
 * misconfigured, all others work, and nothing is lost should the key come back.
 */
public final class ConnectionEncryption implements StoredForm {

    /** The field of stored events and states that holds the connection. */
    private static final String CONNECTION = "connection";

    private final EncryptionSettings settings;

    ConnectionEncryption(EncryptionSettings settings) {
        this.settings = settings;
    }

    public static ConnectionEncryption of(Config config) {
        return new ConnectionEncryption(EncryptionSettings.of(config));
    }

    /** What is wrong with a connection some of whose values no key has opened; empty for others. */
    public static Optional<Problem> problem(Connection connection) {
        List<String> unopened = unopened(ConnectionJson.write(connection));
        return unopened.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ConnectionProblems.configurationInvalid(
                                "No configured key opens what is encrypted of the connection '"
                                        + connection.id()
                                        + "' at "
                                        + String.join(", ", unopened)
                                        + ".",
                                "Start with the key that it was encrypted with as "
                                        + "CONNECTIVITY_CONNECTION_OLD_ENCRYPTION_KEY, or modify the"
                                        + " connection with these values in plain text."));
    }

    /** The pointers of those values in a connection's JSON that no key has opened. */
    static List<String> unopened(JsonNode connection) {
        List<String> found = new ArrayList<>();
        JsonTexts.replace(
                connection,
                (text, place) -> {
                    if (SecretPart.sealedIn(text) != null) {
                        found.add(place.exact().toString());
                    }
                    return text;
                });
        return found;
    }

    /** What stored connections are to become as configured: two that differ are two targets. */
    public String target() {
        return settings.target();
    }

    /** Why what is stored can't be migrated; empty where it can. */
    public Optional<Problem> notMigratable() {
        return settings.enabled() || settings.oldKey() != null
                ? Optional.empty()
                : Optional.of(
                        ConnectionProblems.configurationInvalid(
                                "There is nothing to migrate to: encryption is off and there is no"
                                        + " old key.",
                                "To encrypt what is stored, start with"
                                        + " CONNECTIVITY_CONNECTION_ENCRYPTION_ENABLED=true and a key; to"
                                        + " decrypt it, with encryption off and the key it was encrypted"
                                        + " with as CONNECTIVITY_CONNECTION_OLD_ENCRYPTION_KEY."));
    }

    /**
     * A stored document as it is to be.
     *
     * @param unopened the pointers of values that no key opens, which stay as they are
     */
    public record Rewritten(JsonNode json, List<String> unopened) {}

    /**
     * Encrypts what is to be encrypted, with the current key, and opens the rest. What is right
     * already stays the same, so that a document that needs no change is an equal one.
     */
    public Rewritten rewrite(JsonNode json) {
        List<String> unopened = new ArrayList<>();
        JsonNode rewritten =
                inConnection(
                        json,
                        (text, place, id) -> {
                            String plain = open(text, place, id);
                            if (plain == null) {
                                unopened.add(place.exact().toString());
                                return text;
                            }
                            return seal(text, plain, place, id);
                        });
        return new Rewritten(rewritten, unopened);
    }

    @Override
    public JsonNode toStore(JsonNode json) {
        return rewrite(json).json();
    }

    @Override
    public JsonNode fromStore(JsonNode json) {
        return inConnection(
                json, (text, place, id) -> Objects.requireNonNullElse(open(text, place, id), text));
    }

    private interface Replacement {
        String of(String text, Place place, String connectionId);
    }

    private static JsonNode inConnection(JsonNode json, Replacement replacement) {
        if (!(json instanceof ObjectNode document)
                || !(document.get(CONNECTION) instanceof ObjectNode connection)) {
            return json;
        }
        String id = connection.path("id").asText();
        JsonNode replaced =
                JsonTexts.replace(connection, (text, place) -> replacement.of(text, place, id));
        if (replaced == connection) {
            return json;
        }
        // A shallow copy: the fields beside the connection are shared and stay as they are.
        ObjectNode copy = document.objectNode();
        copy.setAll(document);
        copy.set(CONNECTION, replaced);
        return copy;
    }

    /** The text with what is encrypted of it opened, or null where no key does that. */
    private @Nullable String open(String text, Place place, String connectionId) {
        SecretPart part = SecretPart.sealedIn(text);
        if (part == null) {
            return text;
        }
        String opened = part.sealed().open(settings.keys(), aad(place, connectionId));
        return opened == null ? null : part.with(opened);
    }

    private String seal(String text, String plain, Place place, String connectionId) {
        EncryptionKey key = settings.writeKey();
        SecretPart part = settings.secretAt(place, plain);
        if (key == null || part == null) {
            return plain;
        }
        SecretPart stored = SecretPart.sealedIn(text);
        if (stored != null && stored.sealed().keyId().equals(key.id())) {
            return text;
        }
        String sealed = SealedText.seal(part.secret(), key, aad(place, connectionId)).toString();
        return part.with(sealed);
    }

    /** Binds a value to its place, so that a copy of it elsewhere in the store tells nothing. */
    private static String aad(Place place, String connectionId) {
        return connectionId + " " + place.exact();
    }
}
