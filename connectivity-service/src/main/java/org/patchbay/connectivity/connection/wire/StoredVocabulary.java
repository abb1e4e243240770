package org.patchbay.connectivity.connection.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import java.util.List;
import java.util.Set;
import org.patchbay.cluster.wire.StoredForm;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.connection.rules.ConnectionState;
import org.patchbay.connectivity.connection.rules.ConnectionState.Deleted;
import org.patchbay.connectivity.connection.rules.ConnectionState.Existing;
import org.patchbay.connectivity.encryption.ConnectionEncryption;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent.Closed;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent.Created;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent.Modified;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent.Opened;

/** What is stored of connections: events, and whole states from time to time. */
public final class StoredVocabulary implements WireVocabulary {

    private static final String DELETED = "connection.state.deleted";

    /** The names of states in which a connection is no more. */
    public static final Set<String> ENDINGS = Set.of(DELETED);

    @Override
    public List<WireType<?>> types() {
        return List.of(
                WireForms.connectionAt(
                        "connection.created",
                        Created.class,
                        Created::connection,
                        Created::at,
                        Created::new),
                WireForms.connectionAt(
                        "connection.modified",
                        Modified.class,
                        Modified::connection,
                        Modified::at,
                        Modified::new),
                WireForms.at("connection.opened", Opened.class, Opened::at, Opened::new),
                WireForms.at("connection.closed", Closed.class, Closed::at, Closed::new),
                WireForms.at(
                        "connection.deleted",
                        ConnectionEvent.Deleted.class,
                        ConnectionEvent.Deleted::at,
                        ConnectionEvent.Deleted::new),
                state("connection.state.closed", ConnectionState.Closed.class, readClosed()),
                state("connection.state.open", ConnectionState.Open.class, readOpen()),
                new WireType<>(
                        DELETED,
                        Deleted.class,
                        (deleted, _) ->
                                WireForms.object()
                                        .put("revision", deleted.revision())
                                        .put("at", deleted.at().toString()),
                        (json, _) ->
                                new Deleted(
                                        json.required("revision").longValue(),
                                        WireForms.readTime(json, "at"))));
    }

    @Override
    public StoredForm storedForm(Config config) {
        return ConnectionEncryption.of(config);
    }

    private interface Read<T> {
        T from(JsonNode json);
    }

    private static Read<ConnectionState.Closed> readClosed() {
        return json ->
                new ConnectionState.Closed(
                        WireForms.readConnection(json),
                        json.required("revision").longValue(),
                        WireForms.readTime(json, "created"),
                        WireForms.readTime(json, "modified"));
    }

    private static Read<ConnectionState.Open> readOpen() {
        return json ->
                new ConnectionState.Open(
                        WireForms.readConnection(json),
                        json.required("revision").longValue(),
                        WireForms.readTime(json, "created"),
                        WireForms.readTime(json, "modified"));
    }

    private static <T extends Existing> WireType<T> state(
            String name, Class<T> type, Read<T> read) {
        return new WireType<>(
                name, type, (state, _) -> writeExisting(state), (json, _) -> read.from(json));
    }

    private static ObjectNode writeExisting(Existing state) {
        ObjectNode json = WireForms.object();
        json.put("revision", state.revision());
        WireForms.putTime(json, "created", state.created());
        WireForms.putTime(json, "modified", state.modified());
        json.set("connection", ConnectionJson.write(state.connection()));
        return json;
    }
}
