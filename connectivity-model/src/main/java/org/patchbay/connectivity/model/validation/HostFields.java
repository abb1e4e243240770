package org.patchbay.connectivity.model.validation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.validation.credentials.TokenEndpoint;
import org.patchbay.connectivity.model.validation.type.KafkaChecks;

/** Where in a connection's configuration hosts are named: all that the host rules apply to. */
public final class HostFields {

    /**
     * A host and the JSON pointer of the field that names it.
     *
     * @param beyondTunnel whether it is looked up and connected to by the SSH server of a tunnel
     */
    public record HostField(String pointer, String host, boolean beyondTunnel) {}

    private HostFields() {}

    public static List<HostField> of(Connection connection) {
        List<HostField> fields = new ArrayList<>();
        SshTunnel tunnel = connection.sshTunnel();
        boolean tunnelled = tunnel != null && tunnel.enabled();
        add(fields, "/uri", connection.uri().host(), tunnelled);
        for (String host : KafkaChecks.hosts(connection)) {
            add(fields, KafkaChecks.SERVERS, host, tunnelled);
        }
        if (tunnel != null) {
            add(fields, "/sshTunnel/uri", tunnel.uri().host(), false);
        }
        add(fields, TokenEndpoint.POINTER, tokenHost(connection.credentials()), false);
        return fields;
    }

    private static @Nullable String tokenHost(@Nullable Credentials credentials) {
        return switch (credentials) {
            case Credentials.OAuthClientCredentials oauth ->
                    TokenEndpoint.host(oauth.tokenEndpoint());
            case Credentials.OAuthPassword oauth -> TokenEndpoint.host(oauth.tokenEndpoint());
            case null, default -> null;
        };
    }

    private static void add(
            List<HostField> fields, String pointer, @Nullable String host, boolean beyondTunnel) {
        if (host != null && !host.isEmpty()) {
            fields.add(new HostField(pointer, host, beyondTunnel));
        }
    }
}
