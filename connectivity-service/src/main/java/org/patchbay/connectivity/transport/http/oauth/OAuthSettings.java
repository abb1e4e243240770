package org.patchbay.connectivity.transport.http.oauth;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * What an operator sets for bearer tokens.
 *
 * @param maxClockSkew how long before it expires a token is replaced
 * @param enforceHttps whether token endpoints have to be secure
 * @param tokensMax how many tokens a client keeps: with 0 each request gets one of its own
 */
public record OAuthSettings(Duration maxClockSkew, boolean enforceHttps, int tokensMax) {

    /**
     * Reads a section.
     *
     * @throws IllegalArgumentException that names the setting that is wrong
     */
    public static OAuthSettings of(Config root, String path) {
        Config section = root.getConfig(path);
        Duration skew = section.getDuration("max-clock-skew");
        if (skew.isNegative()) {
            throw new IllegalArgumentException(
                    path + ".max-clock-skew must not be less than 0, not " + skew);
        }
        int tokensMax = section.getInt("token-cache.maximum-size");
        if (tokensMax < 0) {
            throw new IllegalArgumentException(
                    path + ".token-cache.maximum-size must be 0 or more, not " + tokensMax);
        }
        return new OAuthSettings(skew, section.getBoolean("enforce-https"), tokensMax);
    }
}
