package org.patchbay.connectivity.transport.http.signing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.patchbay.connectivity.transport.signing.SharedAccessSignature;

/** Azure's shared access signatures, {@code az-sasl}: a token with each request. */
public final class AzSaslSigning implements RequestSigning {

    @Override
    public Signer signer(JsonNode parameters) {
        SharedAccessSignature signature = SharedAccessSignature.of(parameters);
        return (_, now) -> Map.of("Authorization", signature.token(now).text());
    }
}
