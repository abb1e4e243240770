package org.patchbay.connectivity.mapping.mappers;

import java.nio.ByteBuffer;
import java.util.List;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/** For payloads that are Ditto Protocol already. */
public final class DittoMapper implements PayloadMapper {

    private static final String CONTENT_TYPE = "application/vnd.eclipse.ditto+json";

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        String text = message.text();
        return List.of(
                Envelope.read(
                        text == null ? Json.parse(bytes(message.payload())) : Json.parse(text)));
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        Headers.Builder headers =
                Headers.builder().set(HeaderDefinition.CONTENT_TYPE, CONTENT_TYPE);
        String correlationId = signal.headers().correlationId();
        if (correlationId != null) {
            headers.set(HeaderDefinition.CORRELATION_ID, correlationId);
        }
        ByteBuffer json = ByteBuffer.wrap(Json.writeBytes(Envelope.write(signal)));
        return List.of(new ExternalMessage(headers.build(), null, json));
    }

    private static byte[] bytes(ByteBuffer payload) {
        if (payload.hasArray()
                && payload.arrayOffset() == 0
                && payload.array().length == payload.remaining()) {
            return payload.array();
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }
}
