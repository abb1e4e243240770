package org.patchbay.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What happens to a vocabulary's JSON between its wire form and the bytes of the store, such as
 * encryption. Neither method changes the document it is given.
 */
public interface StoredForm {

    /** Stored as it is. */
    StoredForm PLAIN =
            new StoredForm() {
                @Override
                public JsonNode toStore(JsonNode json) {
                    return json;
                }

                @Override
                public JsonNode fromStore(JsonNode json) {
                    return json;
                }
            };

    JsonNode toStore(JsonNode json);

    JsonNode fromStore(JsonNode json);
}
