package org.patchbay.connectivity.model.validation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.validation.credentials.TokenEndpoint;
import org.patchbay.connectivity.model.validation.type.KafkaChecks;

/** Where in a connection's configuration hosts are named: all that the host rules apply to. */
public final class HostFields {

    /** A host and the JSON pointer of the field that names it. */
    public record HostField(String pointer, String host) {}

    private HostFields() {}

    public static List<HostField> of(Connection connection) {
        List<HostField> fields = new ArrayList<>();
        add(fields, "/uri", connection.uri().host());
        for (String host : KafkaChecks.hosts(connection)) {
            add(fields, KafkaChecks.SERVERS, host);
        }
        if (connection.sshTunnel() != null) {
            add(fields, "/sshTunnel/uri", connection.sshTunnel().uri().host());
        }
        add(fields, TokenEndpoint.POINTER, tokenHost(connection.credentials()));
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

    private static void add(List<HostField> fields, String pointer, @Nullable String host) {
        if (host != null && !host.isEmpty()) {
            fields.add(new HostField(pointer, host));
        }
    }
}
