package org.patchbay.gateway.authentication.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * When a token counts.
 *
 * @param skew by how much the issuer's clock may differ
 */
record TimeRules(Duration skew, InstantSource clock) {

    /** The year 9999: what comes later is as good as never. */
    private static final double SECONDS_MAX = 253_370_764_800.0;

    /** What is wrong with a token's times; null where nothing is. */
    @Nullable String fault(JsonNode claims) {
        double now = clock.millis() / 1000.0;
        double tolerated = skew.toMillis() / 1000.0;
        if (!claims.path("exp").isNumber()) {
            return "It does not say when it expires.";
        }
        if (now >= claims.get("exp").asDouble() + tolerated) {
            return "It has expired.";
        }
        if (isLater(claims, "nbf", now + tolerated)) {
            return "It is not valid yet.";
        }
        return isLater(claims, "iat", now + tolerated) ? "It was issued in the future." : null;
    }

    /** When a token without fault counts no longer. */
    Instant end(JsonNode claims) {
        double seconds = Math.min(claims.path("exp").asDouble(), SECONDS_MAX);
        return Instant.ofEpochSecond((long) seconds).plus(skew);
    }

    /** A claim that is there but is no time counts as one that never comes. */
    private static boolean isLater(JsonNode claims, String name, double now) {
        JsonNode claim = claims.path(name);
        return !claim.isMissingNode() && !(claim.isNumber() && claim.asDouble() <= now);
    }
}
