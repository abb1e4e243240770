package org.patchbay.gateway.connections;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Stored;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.JsonPointer;

/**
 * What of a connection is shown: all but its special fields, or what {@code fields} names.
 *
 * @param fields null for the whole
 */
record View(@Nullable FieldSelector fields) {

    static final View WHOLE = new View(null);

    /** As the parameter {@code fields} says; a malformed one is refused. */
    static View of(Exchange exchange) {
        String text = exchange.parameter("fields");
        return text == null || text.isBlank() ? WHOLE : new View(FieldSelector.parse(text));
    }

    /** Nothing is shown that an id does not say. */
    boolean isId() {
        return fields != null && fields.pointers().equals(List.of(JsonPointer.of("id")));
    }

    JsonNode show(Stored stored) {
        return fields == null
                ? ConnectionJson.show(stored.connection())
                : fields.select(ConnectionJson.showWithSpecialFields(stored));
    }
}
