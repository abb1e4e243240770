package org.patchbay.gateway.http;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.header.HeaderDefinition;

/**
 * How long the sender of a request waits for its answer.
 *
 * @param answered whether it wants an answer at all
 */
public record Waiting(Duration timeout, boolean answered) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m)?");

    /** Reads the timeout and whether a response is required, from parameters or headers. */
    public static Waiting of(Exchange exchange, GatewayConfig.Timeout bounds) {
        String text = exchange.parameterOrHeader(HeaderDefinition.TIMEOUT);
        Boolean required =
                responseRequired(exchange.parameterOrHeader(HeaderDefinition.RESPONSE_REQUIRED));
        Duration timeout = text == null ? bounds.standard() : parse(text);
        if (text != null && timeout.compareTo(bounds.max()) > 0) {
            throw Refusals.timeoutTooLong(text, bounds.max()).asException();
        }
        if (!timeout.isZero()) {
            return new Waiting(timeout, required == null || required);
        }
        if (required != null && required) {
            throw Problems.headerInvalid(
                            HeaderDefinition.TIMEOUT, "zero leaves no time for a response")
                    .asException();
        }
        return new Waiting(bounds.standard(), false);
    }

    /** Reads {@code 500ms}, {@code 10s}, {@code 1m} or seconds. */
    public static Duration parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw Refusals.timeoutInvalid(text).asException();
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case null, default -> Duration.ofSeconds(amount);
        };
    }

    private static @Nullable Boolean responseRequired(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw Problems.headerInvalid(
                                    HeaderDefinition.RESPONSE_REQUIRED,
                                    "'" + text + "' is neither true nor false")
                            .asException();
        };
    }
}
