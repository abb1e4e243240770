package org.patchbay.connectivity.transport.http;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.http.oauth.OAuthSettings;
import org.patchbay.connectivity.transport.http.signing.RequestSigning;
import org.patchbay.connectivity.transport.http.wire.ProxySettings;
import org.patchbay.connectivity.transport.http.wire.WireSettings;
import org.patchbay.connectivity.transport.signing.Algorithms;

/**
 * What an operator sets for all connections that push.
 *
 * @param queueMax how many messages wait in a client before further ones are refused
 * @param redirectsMax how many redirects of one message are followed
 * @param proxy null where there is none
 * @param algorithms that sign requests, by name
 */
public record HttpConfig(
        WireSettings wire,
        int queueMax,
        int redirectsMax,
        @Nullable ProxySettings proxy,
        OAuthSettings oauth,
        Map<String, RequestSigning> algorithms) {

    private static final String PATH = "ditto.connectivity.connection.http-push";
    private static final String OURS = "patchbay.connectivity.http-push";

    public HttpConfig {
        longerThanZero(PATH + ".request-timeout", wire.requestTimeout());
        longerThanZero(OURS + ".idle-timeout", wire.idleTimeout());
        atLeast(1, PATH + ".max-queue-size", queueMax);
        atLeast(0, OURS + ".response-max-size", wire.responseMaxBytes());
        atLeast(0, OURS + ".redirects-max", redirectsMax);
    }

    private static void longerThanZero(String setting, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(
                    setting + " must be longer than 0, not " + value.toMillis() + "ms");
        }
    }

    private static void atLeast(int min, String setting, int value) {
        if (value < min) {
            throw new IllegalArgumentException(
                    setting + " must be " + min + " or more, not " + value);
        }
    }

    public static HttpConfig of(Config root) {
        Config push = root.getConfig(PATH);
        Config ours = root.getConfig(OURS);
        return new HttpConfig(
                new WireSettings(
                        push.getDuration("request-timeout"),
                        ours.getDuration("idle-timeout"),
                        (int)
                                Math.min(
                                        Integer.MAX_VALUE,
                                        ours.getMemorySize("response-max-size").toBytes())),
                push.getInt("max-queue-size"),
                ours.getInt("redirects-max"),
                ProxySettings.of(root, PATH + ".proxy"),
                OAuthSettings.of(root, PATH + ".oauth2"),
                Algorithms.of(root, PATH + ".hmac-algorithms", RequestSigning.class));
    }
}
