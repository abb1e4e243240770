package org.patchbay.connectivity.transport.http;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.http.message.HttpHeaders;
import org.patchbay.connectivity.transport.http.message.MethodAndPath;
import org.patchbay.connectivity.transport.http.message.Unsendable;
import org.patchbay.connectivity.transport.http.message.UriPrefix;
import org.patchbay.connectivity.transport.http.wire.Lanes;
import org.patchbay.connectivity.transport.http.wire.Origin;
import org.patchbay.connectivity.transport.http.wire.Request;
import org.patchbay.connectivity.transport.http.wire.Response;
import org.patchbay.connectivity.transport.http.wire.Way;

/** What a client works with, once its configuration has been read. */
final class HttpSession {

    private static final byte[] NOTHING = new byte[0];

    private final Origin origin;
    private final UriPrefix base;
    private final HttpOptions options;
    private final Authentication authentication;
    private final Exchange exchange;
    private final Lanes lanes;

    private HttpSession(
            Origin origin,
            UriPrefix base,
            HttpOptions options,
            Authentication authentication,
            Exchange exchange,
            Lanes lanes) {
        this.origin = origin;
        this.base = base;
        this.options = options;
        this.authentication = authentication;
        this.exchange = exchange;
        this.lanes = lanes;
    }

    /**
     * Reads a connection's configuration.
     *
     * @throws Failure that says what of it can't be used
     */
    static HttpSession of(Connection connection, ClientContext context, HttpConfig config) {
        Origin origin = Origin.of(Endpoint.of(connection));
        HttpOptions options = HttpOptions.of(connection);
        Way.Security own = HttpSecurity.own(connection);
        if (origin.isSecure()) {
            // To see whether the certificates can be read.
            Objects.requireNonNull(own.context().get());
        }
        Way way = new Way(context, config.wire(), config.proxy(), own);
        Way elsewhere =
                new Way(context, config.wire(), config.proxy(), HttpSecurity.others(connection));
        Way tokens =
                new Way(
                        context.directly(),
                        config.wire(),
                        config.proxy(),
                        HttpSecurity.tokens(connection));
        Authentication authentication =
                Authentication.of(connection, config, tokens, InstantSource.system());
        return new HttpSession(
                origin,
                UriPrefix.of(connection.uri().path()),
                options,
                authentication,
                new Exchange(authentication, origin, elsewhere, config.redirectsMax()),
                new Lanes(way, origin, options.parallelism(), config.queueMax()));
    }

    /** Whether the endpoint can be reached; fails with a {@link Failure}. */
    CompletionStage<Done> connect() {
        return lanes.connect();
    }

    int parallelism() {
        return options.parallelism();
    }

    /**
     * The request that a message is, before it is authenticated.
     *
     * @throws Unsendable where there can be none
     */
    Request request(Outbound message) {
        MethodAndPath address = MethodAndPath.of(message.address());
        String target = base.target(address, message.headers());
        boolean bare = options.withoutBody().contains(address.method());
        return new Request(
                address.method(),
                origin,
                target,
                HttpHeaders.sent(message.headers(), !bare),
                bare ? NOTHING : bytes(message.payload()));
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }

    CompletionStage<Response> send(Request request) {
        return lanes.use(lane -> exchange.send(lane, request));
    }

    void close() {
        lanes.close();
        authentication.close();
    }
}
