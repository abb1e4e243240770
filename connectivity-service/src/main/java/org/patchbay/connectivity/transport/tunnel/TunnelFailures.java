package org.patchbay.connectivity.transport.tunnel;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Unreachable;

/**
 * What is wrong with a tunnel, in words, and whom to blame.
 *
 * @param server how the SSH server is called in them
 * @param limit how long opening may take
 */
record TunnelFailures(String server, Duration limit) {

    static TunnelFailures of(SshTunnel tunnel, Duration limit) {
        return new TunnelFailures(
                "The SSH server " + tunnel.uri().host() + ":" + tunnel.uri().port(), limit);
    }

    Failure unresolved(UnknownHostException e) {
        return bySystem(server + " can't be reached: nobody knows an address of that name.", e);
    }

    Failure blocked() {
        return byUser(server + " is at an address that is blocked.", null);
    }

    Failure credentials(Credentials other) {
        return byUser(server + " can't be given credentials of type " + other.type() + ".", null);
    }

    Failure key(Exception e) {
        return byUser("The key for the SSH tunnel can't be used: " + e.getMessage() + ".", e);
    }

    Failure givenUp() {
        return bySystem(server + " was not waited for any longer.", null);
    }

    /** It could not be connected to. */
    Failure connecting(IOException e) {
        return isTimeout(e)
                ? late(e)
                : bySystem(server + " can't be reached: " + Unreachable.rootMessage(e), e);
    }

    /** It showed no key that is known. */
    Failure unknown(List<String> shown) {
        return byUser(
                server
                        + " is not known. It shows "
                        + String.join(" and ", shown)
                        + ", which is not among knownHosts. If that is the right server, add it"
                        + " there.",
                null);
    }

    /** It was connected to, but did not let us in. */
    Failure loggingIn(Credentials credentials, Exception e) {
        if (e instanceof Failure failure) {
            return failure;
        }
        if (isTimeout(e)) {
            return late(e);
        }
        SshException refused = find(SshException.class, e);
        if (refused != null
                && refused.getDisconnectCode()
                        == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
            return byUser(server + " does not let in " + who(credentials) + ".", e);
        }
        return bySystem(server + " ended the connection: " + Unreachable.rootMessage(e), e);
    }

    private static String who(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Plain plain -> "'" + plain.username() + "' with this password";
            case Credentials.PublicKey keys -> "'" + keys.username() + "' with this key";
            case Credentials other -> "anybody with credentials of type " + other.type();
        };
    }

    /** It did not forward to a destination. */
    Failure forwarding(String destination, Exception e) {
        SshChannelOpenException refused = find(SshChannelOpenException.class, e);
        if (refused == null) {
            return isTimeout(e)
                    ? bySystem(server + " did not connect to " + destination + " in time.", e)
                    : bySystem(
                            server
                                    + " does not connect to "
                                    + destination
                                    + ": "
                                    + Unreachable.rootMessage(e),
                            e);
        }
        String why = refused.getMessage() == null ? "" : ": " + refused.getMessage();
        return switch (refused.getReasonCode()) {
            case SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED ->
                    byUser(server + " does not allow to forward to " + destination + why, e);
            case SshConstants.SSH_OPEN_CONNECT_FAILED ->
                    bySystem(server + " can't reach " + destination + why, e).in(Layer.TCP);
            default -> bySystem(server + " does not forward to " + destination + why, e);
        };
    }

    Failure destinationBlocked(String destination) {
        return Failure.byUser("The host " + destination + " is blocked.", null)
                .in(Layer.HOST_POLICY);
    }

    /** It was there and is gone. */
    Failure lost(@Nullable String why) {
        return bySystem(
                "The SSH tunnel is lost: "
                        + server.replaceFirst("^The", "the")
                        + (why == null ? " ended the connection." : " is gone: " + why),
                null);
    }

    private Failure late(Exception e) {
        return bySystem(server + " did not answer within " + limit.toMillis() + " ms.", e);
    }

    private static boolean isTimeout(Exception e) {
        return find(TimeoutException.class, e) != null;
    }

    private static <T> @Nullable T find(Class<T> type, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static Failure byUser(String what, @Nullable Throwable cause) {
        return Failure.byUser(what, cause).in(Layer.TUNNEL);
    }

    private static Failure bySystem(String what, @Nullable Throwable cause) {
        return Failure.bySystem(what, cause).in(Layer.TUNNEL);
    }
}
