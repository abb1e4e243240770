package org.patchbay.connectivity.transport.http.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;

/**
 * A bearer token.
 *
 * @param expires null where nobody says
 */
record Token(Secret text, @Nullable Instant expires) {

    /**
     * Reads what a token endpoint answers; null where there is no token in it. Where the answer
     * does not say when the token expires, the token itself may.
     */
    static @Nullable Token of(byte[] answer, Instant now) {
        JsonNode json = parsed(answer);
        if (json == null || !json.path("access_token").isTextual()) {
            return null;
        }
        String text = json.get("access_token").textValue();
        long seconds = json.path("expires_in").asLong(0);
        return new Token(
                new Secret(text),
                seconds > 0 ? now.plus(Duration.ofSeconds(seconds)) : expiryInside(text));
    }

    /** Whether it can still be sent, that long before it expires. */
    boolean holds(Instant now, Duration before) {
        return expires == null || now.plus(before).isBefore(expires);
    }

    private static @Nullable Instant expiryInside(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            JsonNode claims = parsed(Base64.getUrlDecoder().decode(parts[1]));
            long expiry = claims == null ? 0 : claims.path("exp").asLong(0);
            return expiry > 0 ? Instant.ofEpochSecond(expiry) : null;
        } catch (IllegalArgumentException | java.time.DateTimeException noJwt) {
            return null;
        }
    }

    private static @Nullable JsonNode parsed(byte[] json) {
        try {
            return Json.parse(new String(json, StandardCharsets.UTF_8));
        } catch (ProblemException e) {
            return null;
        }
    }
}
