package org.patchbay.connectivity.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.connectivity.model.mappingtest.MappingTest;
import org.patchbay.connectivity.model.mappingtest.MappingTest.Sample;
import org.patchbay.connectivity.model.mappingtest.MappingTest.Sample.Incoming;
import org.patchbay.connectivity.model.mappingtest.MappingTest.Sample.Outgoing;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * {@code {mappingDefinition, direction, message}}, the message {@code {headers, contentType,
 * textPayload | bytePayload, subject}} where it comes in, Ditto Protocol where it goes out.
 */
public final class MappingTestJson {

    private static final String DEFINITION = "mappingDefinition";
    private static final String DIRECTION = "direction";
    private static final String MESSAGE = "message";
    private static final String HEADERS = "headers";
    private static final String TEXT = "textPayload";
    private static final String BYTES = "bytePayload";
    private static final String SUBJECT = "subject";

    private MappingTestJson() {}

    /** Reads a test; throws what is wrong with it, all of it at once. */
    public static MappingTest read(JsonNode json) {
        Findings findings = new Findings();
        Fields fields = new Fields(json, "", findings);
        MappingDefinition definition =
                ConnectionReader.mappingDefinition(fields.requiredObject(DEFINITION));
        String direction =
                fields.oneOf(
                        DIRECTION,
                        text ->
                                text.equals(Incoming.DIRECTION) || text.equals(Outgoing.DIRECTION)
                                        ? text
                                        : null,
                        "",
                        Incoming.DIRECTION + ", " + Outgoing.DIRECTION);
        Sample sample = fields.has(MESSAGE) ? sample(direction, fields) : missing(fields);
        findings.problem()
                .ifPresent(problem -> {
                    throw problem.asException();
                });
        return new MappingTest(definition, Objects.requireNonNull(sample));
    }

    private static @Nullable Sample missing(Fields fields) {
        fields.text(MESSAGE);
        return null;
    }

    private static @Nullable Sample sample(String direction, Fields fields) {
        return switch (direction) {
            case Incoming.DIRECTION -> incoming(fields.requiredObject(MESSAGE));
            case Outgoing.DIRECTION -> outgoing(fields);
            default -> null;
        };
    }

    private static Sample incoming(Fields fields) {
        Headers headers = Headers.of(fields.textsByName(HEADERS));
        String contentType = fields.textOrNull("contentType");
        String text = fields.textOrNull(TEXT);
        String base64 = fields.textOrNull(BYTES);
        if (text != null && base64 != null) {
            fields.findings()
                    .wrong(
                            fields.pointer(BYTES),
                            Problems.jsonFormatInvalid(
                                    fields.pointer(BYTES), "left out beside " + TEXT));
        }
        if (base64 != null && !isBase64(base64)) {
            fields.findings()
                    .wrong(
                            fields.pointer(BYTES),
                            Problems.jsonFormatInvalid(fields.pointer(BYTES), "Base64"));
        }
        return new Incoming(
                contentType == null
                        ? headers
                        : headers.with(HeaderDefinition.CONTENT_TYPE, contentType),
                text,
                base64,
                fields.textOrNull(SUBJECT));
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable Sample outgoing(Fields fields) {
        return fields.findings()
                .attempt(
                        fields.pointer(MESSAGE),
                        () -> new Outgoing(Envelope.read(fields.node(MESSAGE))));
    }

    /** Writes what {@link #read} reads. */
    public static ObjectNode write(MappingTest test) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set(DEFINITION, ConnectionWriter.definition(test.definition()));
        json.put(DIRECTION, test.sample().direction());
        json.set(MESSAGE, message(test.sample()));
        return json;
    }

    private static ObjectNode message(Sample sample) {
        return switch (sample) {
            case Incoming(var headers, var text, var base64, var subject) -> {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                ObjectNode written = json.putObject(HEADERS);
                headers.forEach(written::put);
                json.put(TEXT, text).put(BYTES, base64).put(SUBJECT, subject);
                yield json;
            }
            case Outgoing(var signal) -> Envelope.write(signal);
        };
    }
}
