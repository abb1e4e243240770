package org.patchbay.connectivity.transport.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.TlsContract;
import org.patchbay.protocol.header.Headers;

/** Connections, settings and messages for the tests of HTTP push. */
final class HttpConnections {

    private HttpConnections() {}

    static HttpTransport transport(String settings) {
        Config config =
                ConfigFactory.parseString(settings)
                        .withFallback(ConfigFactory.parseResources("reference.conf"))
                        .resolve();
        return new HttpTransport(HttpConfig.of(config));
    }

    static Connection connection(String uri, Map<String, String> options) {
        return Connections.of(
                UUID.randomUUID().toString(),
                ConnectionType.HTTP_PUSH,
                uri,
                options,
                List.of(),
                List.of());
    }

    static Connection connection(String uri, @Nullable String ca, Credentials credentials) {
        return new TlsContract.Wishes(true, ca, credentials).of(connection(uri, Map.of()));
    }

    static Outbound message(String address, Map<String, String> headers, String payload) {
        return new Outbound(
                address,
                Headers.of(headers),
                ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)),
                null);
    }

    static Outbound message(String address) {
        return message(address, Map.of(), "");
    }
}
