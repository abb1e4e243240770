package org.patchbay.connectivity.transport.http.wire;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.pekko.http.javadsl.ClientTransport;
import org.apache.pekko.http.javadsl.model.headers.HttpCredentials;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Failure.Blame;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.Unreachable;

/**
 * The way to where requests go: directly or through a proxy, and whom to trust there. Each address
 * is held to the policy for hosts just before it is connected to.
 */
public final class Way {

    private final ClientContext context;
    private final WireSettings settings;
    private final @Nullable ProxySettings proxy;
    private final Security security;

    /**
     * How connections to secure origins are secured.
     *
     * @param context made when it is first needed, for it may fail with a {@link Failure}
     * @param checksHosts whether a certificate has to be for its host
     * @param identified whether there is a client certificate to show
     */
    public record Security(Supplier<SSLContext> context, boolean checksHosts, boolean identified) {}

    public Way(
            ClientContext context,
            WireSettings settings,
            @Nullable ProxySettings proxy,
            Security security) {
        this.context = context;
        this.settings = settings;
        // A tunnel leads to where a proxy here does not.
        this.proxy = context.detour() == null ? proxy : null;
        this.security = security;
    }

    WireSettings settings() {
        return settings;
    }

    ClientContext context() {
        return context;
    }

    /** Whether a request for the origin is the proxy's to read. */
    boolean isForProxy(Origin origin) {
        return proxy != null && !origin.isSecure();
    }

    /** What the proxy is told of whom it serves; null where it does not ask. */
    @Nullable String proxyAuthorization() {
        return proxy == null ? null : proxy.authorization();
    }

    /**
     * A connection; fails with a {@link Failure}.
     *
     * @param made is handed it before it is open
     */
    CompletionStage<Wire> open(Origin origin, Duration limit, Consumer<Wire> made) {
        return resolved(origin)
                .thenCompose(address -> {
                    Wire wire = Wire.to(this, origin, transport(origin, address));
                    made.accept(wire);
                    return wire.open(limit);
                })
                .exceptionallyCompose(
                        thrown -> CompletableFuture.failedFuture(failure(origin, thrown)));
    }

    /** Where to connect to. What only the proxy can resolve is the proxy's to judge. */
    private CompletionStage<InetSocketAddress> resolved(Origin origin) {
        CompletionStage<InetSocketAddress> resolved = origin.endpoint().resolve(context);
        if (proxy == null) {
            return resolved;
        }
        InetSocketAddress ofProxy = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
        return resolved.handle((_, thrown) -> {
            if (thrown != null && Unreachable.unwrapped(thrown) instanceof Failure failure) {
                if (failure.layer() != Layer.NAME_RESOLUTION) {
                    throw failure;
                }
            }
            return ofProxy;
        });
    }

    private ClientTransport transport(Origin origin, InetSocketAddress address) {
        if (proxy == null || isForProxy(origin)) {
            return ClientTransport.withCustomResolver(
                    (_, _) -> CompletableFuture.completedStage(address));
        }
        return proxy.username().isEmpty()
                ? ClientTransport.httpsProxy(address)
                : ClientTransport.httpsProxy(
                        address,
                        HttpCredentials.createBasicHttpCredentials(
                                proxy.username(), proxy.password().reveal()));
    }

    /** An engine that secures a connection to the origin, whatever address that is made to. */
    SSLEngine engine(Origin origin) {
        SSLEngine engine = security.context().get().createSSLEngine(origin.host(), origin.port());
        engine.setUseClientMode(true);
        if (security.checksHosts()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        return engine;
    }

    /** Why there is no connection to the origin, or none any more. */
    Failure failure(Origin origin, Throwable thrown) {
        Endpoint endpoint = origin.endpoint();
        Failure failure = Unreachable.of(endpoint, security.identified(), thrown);
        if (proxy == null || failure.layer() == Layer.TLS || failure.blame() == Blame.USER) {
            return failure;
        }
        return Failure.bySystem(
                "The endpoint "
                        + endpoint
                        + " can't be reached through the proxy "
                        + proxy
                        + ": "
                        + Unreachable.rootMessage(thrown),
                thrown);
    }
}
