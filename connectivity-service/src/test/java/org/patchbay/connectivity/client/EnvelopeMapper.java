package org.patchbay.connectivity.client;

import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.path.Mappings;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/**
 * Ditto Protocol as it is; an empty payload or {@code nothing} is dropped, and going out what has
 * the header {@code unwanted}; {@code poison} breaks the mapper.
 */
final class EnvelopeMapper implements PayloadMapper {

    /** This mapper for everybody. */
    static final Mappings MAPPINGS =
            new Mappings() {
                @Override
                public List<PayloadMapper> mappers(Connection connection, List<String> names) {
                    EnvelopeMapper mapper = new EnvelopeMapper();
                    return names.contains("broken") ? List.of(mapper, BROKEN) : List.of(mapper);
                }

                @Override
                public boolean blocking(Connection connection, List<String> names) {
                    return names.contains("slow");
                }
            };

    /** For those who name a mapper {@code broken} as their second. */
    private static final PayloadMapper BROKEN =
            new PayloadMapper() {
                @Override
                public List<Signal> inbound(ExternalMessage message) {
                    throw new IllegalStateException("It is broken.");
                }

                @Override
                public List<ExternalMessage> outbound(Signal signal) {
                    throw new IllegalStateException("It is broken.");
                }
            };

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        String text = String.valueOf(message.text());
        if (text.startsWith("poison")) {
            throw new AssertionError("nobody foresaw this");
        }
        boolean nothing = text.isEmpty() || text.startsWith("nothing");
        return nothing ? List.of() : List.of(Envelope.read(Json.parse(text)));
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        if (signal.value() != null && signal.value().asText().equals("poison")) {
            throw new AssertionError("nobody foresaw this");
        }
        if (signal.headers().has("unwanted")) {
            return List.of();
        }
        Headers headers = Headers.of(Map.of("content-type", "application/vnd.eclipse.ditto+json"));
        return List.of(new ExternalMessage(headers, Envelope.write(signal).toString(), null));
    }
}
