package org.patchbay.connectivity.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.path.publishing.Outlet;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.protocol.Problem;

/** A client's part of the status report. */
final class StatusReport {

    private StatusReport() {}

    /**
     * {@code {connectedSince?, clientStatus, sourceStatus, targetStatus, sshTunnelStatus?}}.
     *
     * @param acksRefused why no acknowledgements are issued, where that is so
     * @param troubles of each target, in order; those of a client that is not open do not count
     */
    static ObjectNode of(
            Connection connection,
            ClientState state,
            Optional<Problem> acksRefused,
            String client,
            int triesMax,
            List<Optional<Outlet.Trouble>> troubles) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (state instanceof ClientState.Open open) {
            json.put("connectedSince", open.since().toString());
        }
        ObjectNode own = json.putArray("clientStatus").addObject();
        own.put("type", "client");
        own.put("client", client);
        own.put("status", status(state).wireName());
        own.put("recoveryStatus", recoveryStatus(state, triesMax));
        own.put("statusDetails", details(state) + acksRefused.map(StatusReport::note).orElse(""));
        own.put("inStateSince", state.since().toString());
        ArrayNode sources = json.putArray("sourceStatus");
        for (Source source : connection.sources()) {
            source.addresses().forEach(address -> add(sources, "source", client, address, state));
        }
        ArrayNode targets = json.putArray("targetStatus");
        for (int i = 0; i < connection.targets().size(); i++) {
            Target target = connection.targets().get(i);
            ObjectNode part = add(targets, "target", client, target.address(), state);
            if (state instanceof ClientState.Open && i < troubles.size()) {
                troubles.get(i).ifPresent(trouble -> describe(part, trouble));
            }
        }
        SshTunnel tunnel = connection.sshTunnel();
        if (tunnel != null && tunnel.enabled()) {
            String address = "ssh://" + tunnel.uri().host() + ":" + tunnel.uri().port();
            describe(
                    add(json.putArray("sshTunnelStatus"), "sshTunnel", client, address, state),
                    state);
        }
        return json;
    }

    /** How the tunnel is, which need not be as the link is that goes through it. */
    private static void describe(ObjectNode tunnel, ClientState state) {
        String open =
                switch (state) {
                    case ClientState.Connecting connecting -> connecting.link().tunnel();
                    case ClientState.Open link -> link.link().tunnel();
                    case ClientState.Waiting _,
                            ClientState.BackingOff _,
                            ClientState.GivenUp _,
                            ClientState.Closing _ ->
                            null;
                };
        if (open != null) {
            tunnel.put("status", ConnectionStatus.OPEN.wireName());
            tunnel.put("statusDetails", open);
        } else if (isClosed(state)) {
            tunnel.put("status", ConnectionStatus.CLOSED.wireName());
            tunnel.put("statusDetails", "It is opened when the connection is tried again.");
        }
    }

    /** Whether the connection failed, but not because of its tunnel. */
    private static boolean isClosed(ClientState state) {
        return switch (state) {
            case ClientState.BackingOff(var failure, _, _, _) -> failure.layer() != Layer.TUNNEL;
            case ClientState.GivenUp(var failure, _) -> failure.layer() != Layer.TUNNEL;
            case ClientState.Waiting _,
                    ClientState.Connecting _,
                    ClientState.Open _,
                    ClientState.Closing _ ->
                    false;
        };
    }

    private static void describe(ObjectNode target, Outlet.Trouble trouble) {
        target.put("status", ConnectionStatus.FAILED.wireName());
        target.put("statusDetails", trouble.description());
        target.put("inStateSince", trouble.since().toString());
    }

    private static String note(Problem acksRefused) {
        return " Its acknowledgements are not issued ("
                + acksRefused.code()
                + "): "
                + acksRefused.message();
    }

    private static ObjectNode add(
            ArrayNode parts, String type, String client, String address, ClientState state) {
        ObjectNode part = parts.addObject();
        part.put("type", type);
        part.put("client", client);
        part.put("address", address);
        part.put("status", status(state).wireName());
        part.put("statusDetails", details(state));
        part.put("inStateSince", state.since().toString());
        return part;
    }

    static ConnectionStatus status(ClientState state) {
        return switch (state) {
            case ClientState.Waiting _, ClientState.Connecting _ -> ConnectionStatus.UNKNOWN;
            case ClientState.Open _ -> ConnectionStatus.OPEN;
            case ClientState.BackingOff backingOff -> status(backingOff.failure());
            case ClientState.GivenUp givenUp -> status(givenUp.failure());
            case ClientState.Closing _ -> ConnectionStatus.CLOSED;
        };
    }

    private static ConnectionStatus status(Failure failure) {
        return switch (failure.blame()) {
            case USER -> ConnectionStatus.MISCONFIGURED;
            case SYSTEM -> ConnectionStatus.FAILED;
        };
    }

    private static String recoveryStatus(ClientState state, int triesMax) {
        return switch (state) {
            case ClientState.Waiting waiting ->
                    waiting.tries() > triesMax ? "backOffLimitReached" : "ongoing";
            case ClientState.Connecting connecting ->
                    connecting.tries() > triesMax ? "backOffLimitReached" : "ongoing";
            case ClientState.Open _ -> "succeeded";
            case ClientState.BackingOff backingOff ->
                    backingOff.tries() >= triesMax ? "backOffLimitReached" : "ongoing";
            case ClientState.GivenUp _, ClientState.Closing _ -> "unknown";
        };
    }

    private static String details(ClientState state) {
        return switch (state) {
            case ClientState.Waiting waiting ->
                    "Waiting for others that connect to the same endpoint, attempt "
                            + waiting.tries()
                            + ".";
            case ClientState.Connecting connecting ->
                    "Connecting, attempt " + connecting.tries() + ".";
            case ClientState.Open open -> open.link().state();
            case ClientState.BackingOff backingOff ->
                    backingOff.failure().description()
                            + " (next attempt after "
                            + backingOff.pause().toMillis()
                            + " ms)";
            case ClientState.GivenUp givenUp ->
                    givenUp.failure().description()
                            + " (not tried again until the connection is modified or opened anew)";
            case ClientState.Closing _ -> "Closing.";
        };
    }
}
