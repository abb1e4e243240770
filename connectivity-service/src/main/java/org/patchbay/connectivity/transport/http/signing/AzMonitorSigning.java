package org.patchbay.connectivity.transport.http.signing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.patchbay.connectivity.transport.signing.HmacSha256;
import org.patchbay.connectivity.transport.signing.Parameters;
import org.patchbay.protocol.header.HeaderDefinition;

/** Azure Monitor's Data Collector, {@code az-monitor-2016-04-01}. */
public final class AzMonitorSigning implements RequestSigning {

    private static final String DATE = "x-ms-date";

    /** As RFC 1123 has it, with two digits for the day. */
    private static final DateTimeFormatter RFC_1123 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC);

    @Override
    public Signer signer(JsonNode parameters) {
        Parameters read = new Parameters("az-monitor-2016-04-01", parameters);
        String workspace = read.text("workspaceId");
        byte[] key = read.base64("sharedKey");
        return (request, now) -> sign(workspace, key, request, now);
    }

    private static Map<String, String> sign(
            String workspace, byte[] key, UnsignedRequest request, Instant now) {
        String date = RFC_1123.format(now);
        String signed =
                String.join(
                        "\n",
                        request.method(),
                        String.valueOf(request.body().length),
                        request.headers().getOr(HeaderDefinition.CONTENT_TYPE, ""),
                        DATE + ":" + date,
                        request.path());
        String signature = Base64.getEncoder().encodeToString(HmacSha256.of(key, signed));
        return Map.of(DATE, date, "Authorization", "SharedKey " + workspace + ":" + signature);
    }
}
