package org.patchbay.protocol.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.patchbay.protocol.Problems;

/** The one way to parse and to write JSON. */
public final class Json {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private Json() {}

    /**
     * Parses one JSON value; anything else is the problem {@code json.invalid} with line and
     * column.
     */
    public static JsonNode parse(String text) {
        try {
            return orInvalid(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw Problems.jsonInvalid(reason(e)).asException();
        }
    }

    public static JsonNode parse(byte[] utf8) {
        try {
            return orInvalid(MAPPER.readTree(utf8));
        } catch (JsonProcessingException e) {
            throw Problems.jsonInvalid(reason(e)).asException();
        } catch (IOException e) {
            throw Problems.jsonInvalid("it is not UTF-8").asException();
        }
    }

    public static String write(JsonNode json) {
        return json.toString();
    }

    public static byte[] writeBytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode orInvalid(JsonNode json) {
        if (json.isMissingNode()) {
            throw Problems.jsonInvalid("it is empty").asException();
        }
        return json;
    }

    private static String reason(JsonProcessingException e) {
        return e.getOriginalMessage()
                + " at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr();
    }
}
