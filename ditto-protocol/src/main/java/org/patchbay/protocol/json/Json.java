package org.patchbay.protocol.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.patchbay.protocol.Problems;

/** The one way to parse and to write JSON. */
public final class Json {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String NO_UTF_8 = "it is not UTF-8";

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

    /** Parses UTF-8; what is none is refused, also where Jackson would read something into it. */
    public static JsonNode parse(byte[] utf8) {
        for (byte one : utf8) {
            if (one < 0) {
                return parse(decoded(utf8));
            }
        }
        try {
            return orInvalid(MAPPER.readTree(utf8));
        } catch (JsonProcessingException e) {
            throw Problems.jsonInvalid(reason(e)).asException();
        } catch (IOException e) {
            throw Problems.jsonInvalid(NO_UTF_8).asException();
        }
    }

    private static String decoded(byte[] utf8) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Problems.jsonInvalid(NO_UTF_8).asException();
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

    /**
     * Where a limit is exceeded, such as the one of nesting, Jackson does not say at which place.
     */
    private static String reason(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null
                ? e.getOriginalMessage()
                : e.getOriginalMessage()
                        + " at line "
                        + location.getLineNr()
                        + ", column "
                        + location.getColumnNr();
    }
}
