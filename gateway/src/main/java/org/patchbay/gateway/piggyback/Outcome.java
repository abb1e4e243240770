package org.patchbay.gateway.piggyback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What came of a command. */
sealed interface Outcome {

    /** One answer, of an entity or a singleton. */
    record One(JsonNode json) implements Outcome {}

    /** Answers of several nodes, by service and instance. */
    record Each(Map<String, Map<String, JsonNode>> byService) implements Outcome {}
}
