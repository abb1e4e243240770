package org.patchbay.connectivity.transport.signing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.option.OptionValues;

/**
 * Azure's shared access signatures, the algorithm {@code az-sasl}: tokens that say until when whom
 * may do what a policy of theirs allows, as IoT Hub and Service Bus take them.
 */
public final class SharedAccessSignature {

    /** How long a token holds where the connection does not say. */
    public static final Duration LIFE_UNLESS_SAID = Duration.ofDays(7);

    private final String keyName;
    private final byte[] key;
    private final String resource;
    private final Duration life;

    /**
     * A token.
     *
     * @param text as it is sent; a secret as long as it holds
     */
    public record Token(String text, Instant expires) {
        @Override
        public String toString() {
            return "Token[expires=" + expires + "]";
        }
    }

    private SharedAccessSignature(String keyName, byte[] key, String resource, Duration life) {
        this.keyName = keyName;
        this.key = key;
        this.resource = resource;
        this.life = life;
    }

    /**
     * Reads the parameters of a connection's credentials.
     *
     * @throws IllegalArgumentException that names a parameter that is missing or wrong
     */
    public static SharedAccessSignature of(JsonNode parameters) {
        Parameters read = new Parameters("az-sasl", parameters);
        return new SharedAccessSignature(
                read.text("sharedKeyName"),
                read.base64("sharedKey"),
                read.text("endpoint"),
                life(read));
    }

    private static Duration life(Parameters parameters) {
        String text = parameters.textOr("ttl", "");
        @Nullable Duration life = text.isEmpty() ? LIFE_UNLESS_SAID : OptionValues.duration(text);
        if (life == null || life.toSeconds() < 1) {
            throw parameters.wrong("ttl", "it is a duration of at least 1s, such as 10m");
        }
        return life;
    }

    /** The name of the policy whose key this is. */
    public String keyName() {
        return keyName;
    }

    /** What the tokens are for, as the connection names it. */
    public String resource() {
        return resource;
    }

    /** A token that holds from now. */
    public Token token(Instant now) {
        Instant expires = now.plus(life);
        String encoded = encode(resource);
        byte[] signature = HmacSha256.of(key, encoded + "\n" + expires.getEpochSecond());
        String text =
                "SharedAccessSignature sr="
                        + encoded
                        + "&sig="
                        + encode(Base64.getEncoder().encodeToString(signature))
                        + "&se="
                        + expires.getEpochSecond()
                        + "&skn="
                        + encode(keyName);
        return new Token(text, Instant.ofEpochSecond(expires.getEpochSecond()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
