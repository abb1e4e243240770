package org.patchbay.connectivity.transport.endpoint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Detour;
import org.patchbay.connectivity.transport.Failure;

/**
 * Where a connection connects to and as whom.
 *
 * @param username null where none is given
 */
public record Endpoint(
        String scheme,
        String host,
        int port,
        @Nullable String username,
        @Nullable Secret password) {

    /** Credentials of type plain win over those in the uri. */
    public static Endpoint of(Connection connection) {
        ConnectionUri uri = connection.uri();
        return connection.credentials() instanceof Credentials.Plain plain
                ? new Endpoint(
                        uri.scheme(), uri.host(), uri.port(), plain.username(), plain.password())
                : new Endpoint(
                        uri.scheme(), uri.host(), uri.port(), uri.username(), uri.password());
    }

    /** Another host, to be reached in the same way. */
    public Endpoint at(String otherHost, int otherPort) {
        return new Endpoint(scheme, otherHost, otherPort, username, password);
    }

    /**
     * The address to connect to, checked against the policy for hosts: a name may lead elsewhere
     * today than it did when the connection was created. With a detour it is where that begins. It
     * is called by the endpoint's host either way, for those who check certificates by that. Fails
     * with a {@link Failure}.
     */
    public CompletionStage<InetSocketAddress> resolve(ClientContext context) {
        Detour detour = context.detour();
        return detour == null
                ? resolveAll(context).thenApply(List::getFirst)
                : detour.to(host, port).thenApply(this::called);
    }

    /**
     * The same for a library that tries one address after the other, and goes there directly: all
     * that are allowed.
     */
    public CompletionStage<List<InetSocketAddress>> resolveAll(ClientContext context) {
        Executor blocking = context.system().dispatchers().lookup(DispatcherSelector.blocking());
        return CompletableFuture.supplyAsync(() -> resolveNow(context), blocking);
    }

    private InetSocketAddress called(InetSocketAddress address) {
        try {
            byte[] bytes = address.getAddress().getAddress();
            return new InetSocketAddress(InetAddress.getByAddress(host, bytes), address.getPort());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has the length of one.", e);
        }
    }

    private List<InetSocketAddress> resolveNow(ClientContext context) {
        try {
            List<InetSocketAddress> allowed =
                    Arrays.stream(InetAddress.getAllByName(host))
                            .filter(address -> context.allowed().test(host, address))
                            .map(address -> new InetSocketAddress(address, port))
                            .toList();
            if (!allowed.isEmpty()) {
                return allowed;
            }
        } catch (UnknownHostException unknown) {
            throw Failure.bySystem("The host " + host + " can't be resolved.", unknown)
                    .in(Layer.NAME_RESOLUTION);
        }
        throw Failure.byUser("The host " + host + " leads to an address that is blocked.", null)
                .in(Layer.HOST_POLICY);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
