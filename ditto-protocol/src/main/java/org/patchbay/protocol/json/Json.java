package org.patchbay.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.patchbay.protocol.Problems;

/** The one way to parse and to write JSON. */
public final class Json {

    /**
     * How deep what comes from outside may be nested. It is wrapped when it is stored or sent on,
     * and may stand at a pointer of as many segments as those have; together that is less than what
     * can be written and read again.
     */
    public static final int DEPTH_MAX = 500;

    private static final int DEPTH_OF_OUR_OWN_MAX = 1_000;

    private static final ObjectMapper MAPPER = mapper(DEPTH_MAX);
    private static final ObjectMapper OUR_OWN = mapper(DEPTH_OF_OUR_OWN_MAX);
    private static final ObjectWriter ESCAPING =
            OUR_OWN.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String NO_UTF_8 = "it is not UTF-8";

    /** Jackson reads the form of a number, and the number itself when it makes a value of it. */
    private static final String NO_NUMBER = "the exponent of a number is too large";

    private Json() {}

    private static ObjectMapper mapper(int depthMax) {
        JsonFactory factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder().maxNestingDepth(depthMax).build())
                        .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    /**
     * Parses one JSON value; anything else is the problem {@code json.invalid} with line and
     * column.
     */
    public static JsonNode parse(String text) {
        try {
            return orInvalid(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw Problems.jsonInvalid(reason(e)).asException();
        } catch (NumberFormatException e) {
            throw Problems.jsonInvalid(NO_NUMBER).asException();
        }
    }

    /** Parses what we wrote ourselves: to the store, or to another node. */
    public static JsonNode parseOurOwn(byte[] utf8) {
        return read(OUR_OWN, utf8);
    }

    /** Parses UTF-8; what is none is refused, also where Jackson would read something into it. */
    public static JsonNode parse(byte[] utf8) {
        for (byte one : utf8) {
            if (one < 0) {
                return parse(decoded(utf8));
            }
        }
        return read(MAPPER, utf8);
    }

    private static JsonNode read(ObjectMapper mapper, byte[] utf8) {
        try {
            return orInvalid(mapper.readTree(utf8));
        } catch (JsonProcessingException e) {
            throw Problems.jsonInvalid(reason(e)).asException();
        } catch (IOException e) {
            throw Problems.jsonInvalid(NO_UTF_8).asException();
        } catch (NumberFormatException e) {
            throw Problems.jsonInvalid(NO_NUMBER).asException();
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

    /** The value as UTF-8. Half a surrogate pair, which UTF-8 has no bytes for, is escaped. */
    public static byte[] writeBytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            return writeEscaped(json);
        }
    }

    private static byte[] writeEscaped(JsonNode json) {
        try {
            return ESCAPING.writeValueAsBytes(json);
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
