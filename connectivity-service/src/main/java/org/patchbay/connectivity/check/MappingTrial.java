package org.patchbay.connectivity.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.mapping.ConfiguredMapper;
import org.patchbay.connectivity.mapping.Mappers;
import org.patchbay.connectivity.mapping.MappingProblems;
import org.patchbay.connectivity.mapping.ScriptException;
import org.patchbay.connectivity.model.mappingtest.MappingTest;
import org.patchbay.connectivity.model.mappingtest.MappingTest.Sample;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.MappingTested;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.MediaType;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/**
 * Tries mappings out with sample messages, within the limits that mappings have in connections.
 *
 * @param threads of its own, so that scripts that are tried out delay no messages
 */
public record MappingTrial(Mappers mappers, Executor threads) {

    /** As the mapper is called in errors. */
    private static final String NAME = "mappingDefinition";

    private static final int OK = 200;

    /** The answer goes from node to node, where larger ones do not get through. */
    private static final int RESULTS_MAX_BYTES = 512 << 10;

    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    /** What a mapper made of a message. */
    private record Mapped(ArrayNode results, @Nullable String whyDropped) {}

    /** Never fails: what is wrong with the mapping is an answer. */
    public CompletionStage<MappingTested> of(MappingTest test) {
        return CompletableFuture.supplyAsync(() -> run(test), threads);
    }

    private MappingTested run(MappingTest test) {
        ObjectNode details = MAKE.objectNode().put("direction", test.sample().direction());
        long start = System.nanoTime();
        String time = "preparationMs";
        try {
            ConfiguredMapper mapper = mappers.mapper(NAME, test.definition());
            details.put(time, since(start));
            start = System.nanoTime();
            time = "durationMs";
            Mapped mapped =
                    switch (test.sample()) {
                        case Sample.Incoming incoming -> map(mapper, incoming, test, details);
                        case Sample.Outgoing(var signal) -> map(mapper, signal, test, details);
                    };
            details.put(time, since(start));
            return new MappingTested(OK, fitting(mapped, test, details));
        } catch (ProblemException e) {
            if (!details.has(time)) {
                details.put(time, since(start));
            }
            return failed(e, details);
        }
    }

    private static Mapped map(
            ConfiguredMapper mapper, Sample.Incoming incoming, MappingTest test, ObjectNode to) {
        ExternalMessage message = message(incoming);
        Map<String, Boolean> conditions = mapper.conditions(message);
        to.set("conditions", conditions(conditions, test.definition().incomingConditions()));
        ArrayNode results = MAKE.arrayNode();
        mapper.inbound(message).forEach(signal -> results.add(Envelope.write(signal)));
        String why =
                mapper.isBlocked(message.contentType())
                        ? "Messages of the content type "
                                + message.contentType()
                                + " are not mapped."
                        : whyDropped(conditions);
        return new Mapped(results, results.isEmpty() ? why : null);
    }

    private static Mapped map(
            ConfiguredMapper mapper, Signal signal, MappingTest test, ObjectNode to) {
        Map<String, Boolean> conditions = mapper.conditions(signal);
        to.set("conditions", conditions(conditions, test.definition().outgoingConditions()));
        ArrayNode results = MAKE.arrayNode();
        mapper.outbound(signal).forEach(message -> results.add(show(message)));
        return new Mapped(results, results.isEmpty() ? whyDropped(conditions) : null);
    }

    private static ExternalMessage message(Sample.Incoming incoming) {
        Headers headers = incoming.headers();
        MediaType type = MediaType.of(headers.get(HeaderDefinition.CONTENT_TYPE));
        byte[] bytes =
                incoming.base64() != null
                        ? Base64.getDecoder().decode(incoming.base64())
                        : incoming.text() == null
                                ? new byte[0]
                                : incoming.text().getBytes(type.charset());
        String text = incoming.text() != null ? incoming.text() : new String(bytes, type.charset());
        return new ExternalMessage(headers, text, ByteBuffer.wrap(bytes), incoming.subject());
    }

    private static String whyDropped(Map<String, Boolean> conditions) {
        List<String> unfulfilled =
                conditions.entrySet().stream()
                        .filter(condition -> !condition.getValue())
                        .map(Map.Entry::getKey)
                        .toList();
        return unfulfilled.isEmpty()
                ? "The mapper made nothing of it."
                : "Conditions do not hold: " + String.join(", ", unfulfilled) + ".";
    }

    private static ArrayNode conditions(Map<String, Boolean> held, Map<String, String> texts) {
        ArrayNode json = MAKE.arrayNode();
        held.forEach((name, holds) ->
                json.addObject()
                        .put("name", name)
                        .put("condition", texts.get(name))
                        .put("holds", holds));
        return json;
    }

    private static ObjectNode show(ExternalMessage message) {
        ObjectNode json = MAKE.objectNode();
        ObjectNode headers = json.putObject("headers");
        message.headers().forEach(headers::put);
        json.put("contentType", message.contentType());
        ByteBuffer bytes = message.bytes();
        if (bytes == null) {
            return json.put("textPayload", message.text());
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        json.put("bytePayload", Base64.getEncoder().encodeToString(copy));
        MediaType type = MediaType.of(message.contentType());
        return isReadable(type) ? json.put("textPayload", new String(copy, type.charset())) : json;
    }

    private static boolean isReadable(MediaType type) {
        return type.bare().startsWith("text/") || type.bare().endsWith("json");
    }

    private static ObjectNode fitting(Mapped mapped, MappingTest test, ObjectNode details) {
        int size = Json.writeBytes(mapped.results()).length;
        if (size > RESULTS_MAX_BYTES) {
            throw MappingProblems.failed(
                            NAME,
                            test.sample().direction(),
                            "Its results have "
                                    + size
                                    + " bytes; a test shows at most "
                                    + RESULTS_MAX_BYTES
                                    + ".")
                    .asException();
        }
        ObjectNode json = MAKE.objectNode();
        json.put("dropped", mapped.results().isEmpty());
        if (mapped.whyDropped() != null) {
            json.put("reason", mapped.whyDropped());
        }
        json.set("results", mapped.results());
        return json.setAll(details);
    }

    private static MappingTested failed(ProblemException e, ObjectNode details) {
        ObjectNode json = e.problem().toJson();
        if (e instanceof ScriptException script) {
            details.put("script", script.position().script());
            details.put("line", script.position().line());
            if (script.position().column() > 0) {
                details.put("column", script.position().column());
            }
        }
        json.set("details", details);
        return new MappingTested(e.problem().status(), json);
    }

    private static BigDecimal since(long start) {
        return BigDecimal.valueOf((System.nanoTime() - start) / 1_000, 3);
    }
}
