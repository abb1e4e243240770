package org.patchbay.connectivity.model.validation.credentials;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Credentials.ClientCertificate;
import org.patchbay.connectivity.model.credentials.Credentials.Hmac;
import org.patchbay.connectivity.model.credentials.Credentials.OAuthClientCredentials;
import org.patchbay.connectivity.model.credentials.Credentials.OAuthPassword;
import org.patchbay.connectivity.model.credentials.Credentials.Plain;
import org.patchbay.connectivity.model.credentials.Credentials.PublicKey;
import org.patchbay.connectivity.model.credentials.Pem;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.problems.Findings;

/** What can be wrong with whom a connection trusts and how it proves who it is. */
public final class CredentialsChecks {

    private static final String AT = "/credentials";

    private CredentialsChecks() {}

    /**
     * Collects it.
     *
     * @param ownAlgorithms of signatures, whose parameters nobody here knows
     */
    public static void collect(
            Connection connection, Set<String> ownAlgorithms, Findings findings) {
        String ca = connection.ca();
        if (ca != null) {
            findings.attempt("/ca", () -> Pem.certificates(ca));
        }
        @Nullable Credentials credentials = connection.credentials();
        switch (credentials) {
            case null -> {}
            case Plain _ -> {}
            case ClientCertificate certificate -> check(certificate, findings);
            case PublicKey _ ->
                    findings.wrong(
                            AT + "/type",
                            "A key pair opens SSH tunnels only.",
                            "Use client-cert with a certificate and its key.");
            case Hmac hmac -> {
                if (!ownAlgorithms.contains(hmac.algorithm())) {
                    HmacChecks.collect(connection.type(), hmac, findings);
                }
            }
            case OAuthClientCredentials oauth ->
                    checkOAuth(connection.type(), oauth.tokenEndpoint(), findings);
            case OAuthPassword oauth ->
                    checkOAuth(connection.type(), oauth.tokenEndpoint(), findings);
        }
    }

    private static void checkOAuth(ConnectionType type, String tokenEndpoint, Findings findings) {
        if (type != ConnectionType.HTTP_PUSH) {
            findings.wrong(
                    AT + "/type",
                    "A connection of type " + type.wireName() + " can't send bearer tokens.",
                    "Tokens are for http-push.");
        }
        TokenEndpoint.check(tokenEndpoint, findings);
    }

    /** One without the other proves nothing, and neither do two that do not match. */
    private static void check(ClientCertificate certificate, Findings findings) {
        String cert = certificate.cert();
        Secret secret = certificate.key();
        if (cert == null) {
            missing("cert", "certificate", findings);
        }
        if (secret == null) {
            missing("key", "private key", findings);
        }
        @Nullable List<X509Certificate> chain =
                cert == null ? null : findings.attempt(AT + "/cert", () -> Pem.certificates(cert));
        @Nullable PrivateKey key =
                secret == null ? null : findings.attempt(AT + "/key", () -> Pem.privateKey(secret));
        if (chain != null
                && key != null
                && !Pem.belongTogether(chain.getFirst().getPublicKey(), key)) {
            findings.wrong(
                    AT + "/key",
                    "The private key does not belong to the certificate.",
                    "Send the key with which the certificate was requested; where there are several"
                            + " certificates, the client's own comes first.");
        }
    }

    private static void missing(String field, String what, Findings findings) {
        findings.wrong(
                AT + "/" + field,
                "The client's " + what + " is missing.",
                "Send certificate and key, both as PEM.");
    }
}
