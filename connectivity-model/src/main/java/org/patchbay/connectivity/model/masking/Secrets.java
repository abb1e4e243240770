package org.patchbay.connectivity.model.masking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Credentials.ClientCertificate;
import org.patchbay.connectivity.model.credentials.Credentials.Hmac;
import org.patchbay.connectivity.model.credentials.Credentials.OAuthClientCredentials;
import org.patchbay.connectivity.model.credentials.Credentials.OAuthPassword;
import org.patchbay.connectivity.model.credentials.Credentials.Plain;
import org.patchbay.connectivity.model.credentials.Credentials.PublicKey;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;

/**
 * All secrets of a connection at once: masked for those who must not see them, and put back where a
 * masked connection returns.
 */
public final class Secrets {

    private static final Secret MASK = new Secret("***");

    /** Parameters of the algorithms for signing that are secrets. */
    private static final Set<String> HMAC_SECRETS = Set.of("accessKey", "secretKey", "sharedKey");

    /** Another secret for the one at a place, given by its JSON pointer. */
    private interface Replacement {
        Secret of(String pointer, Secret secret);
    }

    private Secrets() {}

    /** The connection with {@code ***} for each secret. */
    public static Connection masked(Connection connection) {
        return replace(connection, (_, _) -> MASK);
    }

    /**
     * The connection with its stored secrets where {@code ***} stands. Where none is stored, or
     * where the connection would tell it to another endpoint than before, that is noted.
     *
     * @param stored null where there is none
     */
    public static Connection restored(
            Connection masked, @Nullable Connection stored, Findings findings) {
        Map<String, Secret> known = new HashMap<>();
        if (stored != null) {
            replace(
                    stored,
                    (pointer, secret) -> {
                        known.put(pointer, secret);
                        return secret;
                    });
        }
        boolean sameEndpoints = stored != null && endpoints(masked).equals(endpoints(stored));
        return replace(
                masked,
                (pointer, secret) -> {
                    if (!secret.equals(MASK)) {
                        return secret;
                    }
                    Secret before = known.get(pointer);
                    if (before == null || !sameEndpoints) {
                        note(findings, pointer, before != null);
                        return secret;
                    }
                    return before;
                });
    }

    private static void note(Findings findings, String pointer, boolean stored) {
        findings.wrong(
                pointer,
                stored
                        ? "A secret that is not shown is not kept when an endpoint changes."
                        : "The mask *** stands for a secret that is stored; here none is.",
                "Write the secret itself.");
    }

    /** The JSON pointers at which a mask stands. */
    public static Set<String> maskedPlaces(Connection connection) {
        Set<String> places = new HashSet<>();
        replace(
                connection,
                (pointer, secret) -> {
                    if (secret.equals(MASK)) {
                        places.add(pointer);
                    }
                    return secret;
                });
        return places;
    }

    /** Whoever may change where a connection goes must not learn its secrets that way. */
    private static List<String> endpoints(Connection connection) {
        SshTunnel tunnel = connection.sshTunnel();
        return List.of(
                endpoint(connection.uri()),
                tunnel == null ? "" : endpoint(tunnel.uri()),
                connection.specificConfig().getOrDefault("bootstrapServers", ""),
                switch (connection.credentials()) {
                    case OAuthClientCredentials oauth -> oauth.tokenEndpoint();
                    case OAuthPassword oauth -> oauth.tokenEndpoint();
                    case null, default -> "";
                });
    }

    private static String endpoint(ConnectionUri uri) {
        return uri.scheme() + "://" + uri.host() + ":" + uri.port();
    }

    private static Connection replace(Connection connection, Replacement replacement) {
        SshTunnel tunnel = connection.sshTunnel();
        return connection.with(
                uri(connection.uri(), "/uri", replacement),
                options(connection.specificConfig(), replacement),
                tunnel == null
                        ? null
                        : new SshTunnel(
                                tunnel.enabled(),
                                uri(tunnel.uri(), "/sshTunnel/uri", replacement),
                                Objects.requireNonNull(
                                        credentials(
                                                tunnel.credentials(),
                                                "/sshTunnel/credentials/",
                                                replacement)),
                                tunnel.validateHost(),
                                tunnel.knownHosts()),
                credentials(connection.credentials(), "/credentials/", replacement));
    }

    /** Options are texts of many libraries; their passwords are called so. */
    private static Map<String, String> options(
            Map<String, String> options, Replacement replacement) {
        Map<String, String> replaced = new LinkedHashMap<>(options);
        replaced.replaceAll((name, value) ->
                name.toLowerCase(Locale.ROOT).endsWith("password")
                        ? apply(replacement, Finding.at("/specificConfig", name), new Secret(value))
                                .reveal()
                        : value);
        return replaced;
    }

    private static ConnectionUri uri(ConnectionUri uri, String pointer, Replacement replacement) {
        return uri.withPassword(password -> apply(replacement, pointer, password));
    }

    private static @Nullable Credentials credentials(
            @Nullable Credentials credentials, String at, Replacement replacement) {
        return switch (credentials) {
            case null -> null;
            case Plain(String username, Secret password) ->
                    new Plain(username, apply(replacement, at + "password", password));
            case ClientCertificate(String cert, Secret key) ->
                    new ClientCertificate(cert, applyOrNull(replacement, at + "key", key));
            case PublicKey(String username, String publicKey, Secret privateKey) ->
                    new PublicKey(
                            username, publicKey, apply(replacement, at + "privateKey", privateKey));
            case Hmac(String algorithm, ObjectNode parameters) ->
                    new Hmac(algorithm, parameters(parameters, at + "parameters/", replacement));
            case OAuthClientCredentials oauth ->
                    new OAuthClientCredentials(
                            oauth.tokenEndpoint(),
                            oauth.clientId(),
                            apply(replacement, at + "clientSecret", oauth.clientSecret()),
                            oauth.requestedScopes(),
                            oauth.audience());
            case OAuthPassword oauth ->
                    new OAuthPassword(
                            oauth.tokenEndpoint(),
                            oauth.clientId(),
                            applyOrNull(replacement, at + "clientSecret", oauth.clientSecret()),
                            oauth.requestedScopes(),
                            oauth.audience(),
                            oauth.username(),
                            apply(replacement, at + "password", oauth.password()));
        };
    }

    private static ObjectNode parameters(
            ObjectNode parameters, String at, Replacement replacement) {
        ObjectNode replaced = parameters.deepCopy();
        for (String name : HMAC_SECRETS) {
            JsonNode value = parameters.get(name);
            if (value != null && value.isTextual()) {
                Secret secret = new Secret(value.textValue());
                replaced.put(name, apply(replacement, at + name, secret).reveal());
            }
        }
        return replaced;
    }

    /** An empty text is no secret. */
    private static Secret apply(Replacement replacement, String pointer, Secret secret) {
        return secret.reveal().isEmpty() ? secret : replacement.of(pointer, secret);
    }

    private static @Nullable Secret applyOrNull(
            Replacement replacement, String pointer, @Nullable Secret secret) {
        return secret == null ? null : apply(replacement, pointer, secret);
    }
}
