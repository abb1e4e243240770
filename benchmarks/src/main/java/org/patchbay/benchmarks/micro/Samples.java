package org.patchbay.benchmarks.micro;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

/** What devices send and twins publish: some hundred bytes, a handful of headers. */
final class Samples {

    static final String TOPIC = "org.example/device-4711/things/twin/commands/modify";

    static final String COMMAND =
            """
            {"topic":"org.example/device-4711/things/twin/commands/modify",\
            "headers":{"correlation-id":"0d9e3b6c-8f5f-4a57-9a7e-6f2b1d1c2a77","response-required":false,\
            "content-type":"application/json","requested-acks":["twin-persisted"]},\
            "path":"/features/environment/properties",\
            "value":{"temperature":23.42,"humidity":78,"location":{"lat":48.1,"lon":11.5},"status":"ok"}}\
            """;

    static final Signal EVENT =
            Signal.event(
                            TopicPath.parse("org.example/device-4711/things/twin/events/modified"),
                            JsonPointer.parse("/features/environment/properties"),
                            Headers.of(
                                    Map.of(
                                            "correlation-id",
                                            "0d9e3b6c-8f5f-4a57-9a7e-6f2b1d1c2a77",
                                            "response-required",
                                            "false",
                                            "requested-acks",
                                            "[]",
                                            "content-type",
                                            "application/json",
                                            "ditto-originator",
                                            "nginx:device")),
                            Json.parse(
                                    "{\"temperature\":23.42,\"humidity\":78,\"location\":{\"lat\":48.1,\"lon\":11.5},\"status\":\"ok\"}"),
                            4711,
                            Instant.parse("2026-03-05T10:11:12.345Z"))
                    .withExtra(
                            Json.parse("{\"attributes\":{\"type\":\"sensor\",\"building\":12}}"));

    private Samples() {}

    static ExternalMessage message(String payload, Map<String, String> headers) {
        return ExternalMessage.inbound(
                Headers.of(headers), ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)));
    }

    static ObjectNode options(String json) {
        return (ObjectNode) Json.parse(json);
    }
}
