package org.patchbay.cluster.devops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.patchbay.cluster.health.Health;
import org.patchbay.cluster.health.Health.Part;
import org.patchbay.cluster.health.Health.Status;

/** A node's health as the answer to {@code status.commands:retrieveHealth}. */
final class HealthReport {

    private HealthReport() {}

    static ObjectNode json(Map<String, Part> parts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "status.responses:retrieveHealth").put("status", 200);
        ObjectNode info = json.putObject("statusInfo");
        info.put("status", (Health.isUp(parts) ? Status.UP : Status.DOWN).name());
        ArrayNode children = info.putArray("children");
        parts.forEach((label, part) -> {
            ObjectNode child = children.addObject();
            child.put("label", label).put("status", part.status().name());
            if (!part.detail().isEmpty()) {
                child.putArray("details")
                        .addObject()
                        .put(part.status() == Status.UP ? "INFO" : "ERROR", part.detail());
            }
        });
        return json;
    }
}
