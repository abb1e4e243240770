package org.patchbay.examples.mapper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.Template;

/**
 * Frames of a climate sensor. In: temperature (16 bits, signed), pressure in hPa (16 bits, signed),
 * humidity in percent (8 bits), which become the features of a twin. Out: the temperature that the
 * twin's feature {@code heating} is set to, in the same steps, as 16 bits.
 *
 * @param thingId whose frame it is
 * @param stepsPerDegree how fine the temperature is
 */
record FrameMapper(Template thingId, int stepsPerDegree) implements PayloadMapper {

    private static final int FRAME_BYTES = 5;
    private static final String TARGET = "/features/heating/properties/target";

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        ByteBuffer frame = message.payload();
        if (frame.remaining() != FRAME_BYTES) {
            // Told as the reason to whoever sent the message, and in the connection's log.
            throw new IllegalArgumentException(
                    "A frame has " + FRAME_BYTES + " bytes, this has " + frame.remaining() + ".");
        }
        double temperature = (double) frame.getShort() / stepsPerDegree;
        ObjectNode features = JsonNodeFactory.instance.objectNode();
        properties(features, "temperature").put("value", temperature);
        properties(features, "pressure").put("value", frame.getShort());
        properties(features, "humidity").put("value", Byte.toUnsignedInt(frame.get()));
        return List.of(
                Signal.command(
                        TopicPath.parse(
                                id(message).replace(':', '/') + "/things/twin/commands/modify"),
                        JsonPointer.parse("/features"),
                        message.headers(),
                        features));
    }

    private String id(ExternalMessage message) {
        return thingId.resolve(message.placeholders(Scope.MAPPING))
                .text()
                .orElseThrow(() ->
                        new IllegalArgumentException(thingId + " has no value for this message."));
    }

    private static ObjectNode properties(ObjectNode features, String feature) {
        return features.putObject(feature).putObject("properties");
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        JsonNode target = signal.value();
        if (target == null || !target.isNumber() || !signal.path().toString().equals(TARGET)) {
            return List.of();
        }
        short steps = (short) Math.round(target.doubleValue() * stepsPerDegree);
        return List.of(
                new ExternalMessage(
                        Headers.of(
                                Map.of(HeaderDefinition.CONTENT_TYPE, "application/octet-stream")),
                        null,
                        ByteBuffer.allocate(Short.BYTES).putShort(steps).flip()));
    }
}
