package org.patchbay.connectivity.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

/** Mappers and messages as the tests of this package need them. */
public final class MapperFixtures {

    public static final Headers EVENT_HEADERS =
            Headers.of(Map.of("correlation-id", "c-1")).with("response-required", "false");

    public static final String NO_RESULT = "function mapToDittoProtocolMsg() { return null; }";

    private MapperFixtures() {}

    public static MappingConfig config() {
        return MappingConfig.of(ConfigFactory.parseResources("reference.conf").resolve());
    }

    public static PayloadMapper mapper(String engine, ObjectNode options) {
        MappingDefinition definition = new MappingDefinition(engine, options, Map.of(), Map.of());
        return new Mappers(config()).compile(Map.of("m", definition), List.of("m")).getFirst();
    }

    public static PayloadMapper incoming(String script) {
        return mapper("JavaScript", options("incomingScript", script));
    }

    /** A script of which only the body of mapToDittoProtocolMsg matters. */
    public static PayloadMapper incomingBody(String body) {
        return incoming(
                "function mapToDittoProtocolMsg(headers, textPayload, bytePayload, contentType) {"
                        + body
                        + "}");
    }

    /** A script that sets the attribute v to the value of an expression. */
    public static PayloadMapper incomingValue(String expression) {
        return incomingBody("return " + modify(expression) + ";");
    }

    public static String modify(String expression) {
        return "Ditto.buildDittoProtocolMsg('org.example', 'dev', 'things', 'twin', 'commands',"
                + " 'modify', '/attributes/v', headers, "
                + expression
                + ")";
    }

    public static PayloadMapper outgoingBody(String body) {
        return mapper(
                "JavaScript",
                options(
                        "outgoingScript",
                        "function mapFromDittoProtocolMsg(namespace, name, group, channel,"
                                + " criterion, action, path, dittoHeaders, value, status, extra) {"
                                + body
                                + "}"));
    }

    public static ObjectNode options(String... namesAndValues) {
        ObjectNode options = (ObjectNode) Json.parse("{}");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return options;
    }

    public static ExternalMessage message(String payload) {
        return message(payload.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static ExternalMessage message(byte[] payload, Map<String, String> headers) {
        return ExternalMessage.inbound(Headers.of(headers), ByteBuffer.wrap(payload));
    }

    public static Signal event(String action, String path, @Nullable String value) {
        return Signal.event(
                TopicPath.parse("org.example/dev/things/twin/events/" + action),
                JsonPointer.parse(path),
                EVENT_HEADERS,
                value == null ? null : Json.parse(value),
                7,
                Instant.parse("2026-03-05T10:11:12Z"));
    }

    public static String text(ExternalMessage message) {
        return StandardCharsets.UTF_8.decode(message.payload()).toString();
    }
}
