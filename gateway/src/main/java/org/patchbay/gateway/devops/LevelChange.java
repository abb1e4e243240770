package org.patchbay.gateway.devops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.patchbay.cluster.devops.DevOpsCommand;
import org.patchbay.cluster.devops.LogLevels;
import org.patchbay.protocol.Problems;

/** Reads {@code {"logger": …, "level": …}}; what is wrong with it is a problem. */
public final class LevelChange {

    private static final int NAME_MAX = 256;

    private LevelChange() {}

    /**
     * @param at the pointer of the object, for messages; empty for the whole document
     */
    public static DevOpsCommand.ChangeLogLevel read(JsonNode json, String at) {
        if (!json.isObject()) {
            throw Problems.jsonFormatInvalid(at.isEmpty() ? "/" : at, "an object").asException();
        }
        String logger = text(json, "logger", at);
        if (logger.isBlank() || logger.length() > NAME_MAX) {
            throw Problems.jsonFormatInvalid(
                            at + "/logger", "the name of a logger, of 1 to 256 characters")
                    .asException();
        }
        String level = text(json, "level", at).toLowerCase(Locale.ROOT);
        if (!LogLevels.NAMES.contains(level)) {
            throw Problems.jsonFormatInvalid(
                            at + "/level", "one of " + String.join(", ", LogLevels.NAMES))
                    .asException();
        }
        return new DevOpsCommand.ChangeLogLevel(logger.strip(), level);
    }

    private static String text(JsonNode json, String field, String at) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            throw Problems.jsonFieldMissing(at + "/" + field).asException();
        }
        if (!value.isTextual()) {
            throw Problems.jsonFormatInvalid(at + "/" + field, "a text").asException();
        }
        return value.textValue();
    }
}
