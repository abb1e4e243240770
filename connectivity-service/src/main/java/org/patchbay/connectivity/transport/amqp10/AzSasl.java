package org.patchbay.connectivity.transport.amqp10;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.transport.signing.SharedAccessSignature;
import org.patchbay.connectivity.transport.signing.SharedAccessSignature.Token;

/**
 * Azure's shared access signatures as passwords: {@code policy@sas.root.hub} logs in to the hub
 * with a token for it.
 */
public final class AzSasl implements SessionSigning {

    /** The first part of the name of a host, with or without a scheme before it. */
    private static final Pattern HUB = Pattern.compile("(?:[A-Za-z]+://)?([^./:]+).*");

    @Override
    public Login login(JsonNode parameters, Instant now) {
        SharedAccessSignature signature = SharedAccessSignature.of(parameters);
        Matcher hub = HUB.matcher(signature.resource());
        if (!hub.matches()) {
            throw new IllegalArgumentException(
                    "The algorithm az-sasl can't use its parameter 'endpoint': it names no host.");
        }
        Token token = signature.token(now);
        return new Login(
                signature.keyName() + "@sas.root." + hub.group(1),
                new Secret(token.text()),
                token.expires());
    }
}
