package org.patchbay.connectivity.client;

import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.path.Mappings;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Headers;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.Json;

/** Ditto Protocol as it is; an empty payload is dropped, {@code poison} breaks the mapper. */
final class EnvelopeMapper implements PayloadMapper {

    /** This mapper for everybody. */
    static final Mappings MAPPINGS =
            new Mappings() {
                @Override
                public List<PayloadMapper> mappers(Connection connection, List<String> names) {
                    return List.of(new EnvelopeMapper());
                }

                @Override
                public boolean blocking(Connection connection, List<String> names) {
                    return names.contains("slow");
                }
            };

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        String text = String.valueOf(message.text());
        if (text.equals("poison")) {
            throw new AssertionError("nobody foresaw this");
        }
        return text.isEmpty() ? List.of() : List.of(Envelope.read(Json.parse(text)));
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        Headers headers = Headers.of(Map.of("content-type", "application/vnd.eclipse.ditto+json"));
        return List.of(new ExternalMessage(headers, Envelope.write(signal).toString(), null));
    }
}
