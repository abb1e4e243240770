package org.patchbay.connectivity.model.validation;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Credentials.ClientCertificate;
import org.patchbay.connectivity.model.credentials.Credentials.PublicKey;
import org.patchbay.connectivity.model.credentials.Pem;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.validation.endpoint.EndpointChecks;
import org.patchbay.connectivity.model.validation.endpoint.SourceChecks;
import org.patchbay.connectivity.model.validation.endpoint.TargetChecks;
import org.patchbay.connectivity.model.validation.type.KafkaChecks;
import org.patchbay.connectivity.model.validation.type.TypeRules;
import org.patchbay.protocol.Problem;

/** Judges a connection without I/O: everything wrong is found at once. */
public final class ConnectionValidation {

    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9\\-_:]{1,100}");
    private static final Pattern FINGERPRINT =
            Pattern.compile("(MD5|SHA1|SHA224|SHA256|SHA384|SHA512):.+");

    private ConnectionValidation() {}

    /** The one error that names everything wrong; empty where nothing is. */
    public static Optional<Problem> check(Connection connection, ConnectionLimits limits) {
        Findings findings = new Findings();
        collect(connection, limits, findings);
        return findings.problem();
    }

    /** What is wrong with an id; empty where nothing is. */
    public static Optional<Problem> checkId(String id) {
        return ID.matcher(id).matches()
                ? Optional.empty()
                : Optional.of(ConnectionProblems.idInvalid(id));
    }

    static void collect(Connection connection, ConnectionLimits limits, Findings findings) {
        checkId(connection.id()).ifPresent(problem -> findings.wrong("/id", problem));
        TypeRules rules = TypeRules.of(connection.type());
        checkUri(connection, rules, findings);
        checkCounts(connection, limits, findings);
        checkClients(connection, findings);
        for (int i = 0; i < connection.sources().size(); i++) {
            SourceChecks.collect(connection, i, limits.mappersPerSourceMax(), findings);
        }
        for (int i = 0; i < connection.targets().size(); i++) {
            TargetChecks.collect(connection, i, limits.mappersPerTargetMax(), findings);
        }
        if (connection.sshTunnel() != null) {
            checkTunnel(connection.sshTunnel(), findings);
        }
        checkSecurity(connection, findings);
        KafkaChecks.collect(connection, findings);
    }

    private static void checkUri(Connection connection, TypeRules rules, Findings findings) {
        String scheme = connection.uri().scheme();
        if (!rules.schemes().isEmpty() && !rules.schemes().contains(scheme)) {
            findings.wrong(
                    "/uri",
                    "A connection of type "
                            + connection.type().wireName()
                            + " can't have the scheme '"
                            + scheme
                            + "'.",
                    "Allowed: " + String.join(", ", rules.schemes()) + ".");
        }
    }

    private static void checkCounts(
            Connection connection, ConnectionLimits limits, Findings findings) {
        int sources = connection.sources().size();
        int targets = connection.targets().size();
        if (sources == 0 && targets == 0) {
            findings.wrong(
                    "/sources",
                    "A connection needs something to do.",
                    "Give it at least one source or one target.");
        }
        if (sources > limits.sourcesMax()) {
            tooMany("/sources", sources, limits.sourcesMax(), findings);
        }
        if (targets > limits.targetsMax()) {
            tooMany("/targets", targets, limits.targetsMax(), findings);
        }
        if (sources > 0 && connection.type() == ConnectionType.HTTP_PUSH) {
            findings.wrong(
                    "/sources",
                    "A connection of type http-push can't consume.",
                    "Leave sources out.");
        }
    }

    private static void tooMany(String pointer, int count, int max, Findings findings) {
        findings.wrong(pointer, "There are " + count + " of them.", "At most " + max + " allowed.");
    }

    private static void checkClients(Connection connection, Findings findings) {
        EndpointChecks.atLeastOne("/clientCount", connection.clientCount(), findings);
        EndpointChecks.atLeastOne("/processorPoolSize", connection.processorPoolSize(), findings);
        if (connection.type() == ConnectionType.MQTT && connection.clientCount() > 1) {
            findings.wrong(
                    "/clientCount",
                    "MQTT 3.1.1 does not share subscriptions between clients.",
                    "Set it to 1, or use mqtt-5.");
        }
    }

    private static void checkTunnel(SshTunnel tunnel, Findings findings) {
        if (!tunnel.uri().scheme().equals("ssh")) {
            findings.wrong(
                    "/sshTunnel/uri",
                    "A tunnel can't have the scheme '" + tunnel.uri().scheme() + "'.",
                    "Allowed: ssh.");
        }
        switch (tunnel.credentials()) {
            case Credentials.Plain _ -> {}
            case PublicKey(_, String publicKey, Secret privateKey) -> {
                String at = "/sshTunnel/credentials";
                findings.attempt(at + "/publicKey", () -> Pem.publicKey(publicKey));
                findings.attempt(at + "/privateKey", () -> Pem.privateKey(privateKey));
            }
            case ClientCertificate _,
                    Credentials.Hmac _,
                    Credentials.OAuthClientCredentials _,
                    Credentials.OAuthPassword _ ->
                    findings.wrong(
                            "/sshTunnel/credentials/type",
                            "A tunnel can't use credentials of this type.",
                            "Allowed: plain, public-key.");
        }
        for (int i = 0; i < tunnel.knownHosts().size(); i++) {
            if (!FINGERPRINT.matcher(tunnel.knownHosts().get(i)).matches()) {
                findings.wrong(
                        "/sshTunnel/knownHosts/" + i,
                        "The text is no fingerprint.",
                        "Allowed: ALGORITHM:FINGERPRINT as ssh-keygen -l writes it, with MD5, SHA1,"
                                + " SHA224, SHA256, SHA384 or SHA512.");
            }
        }
    }

    private static void checkSecurity(Connection connection, Findings findings) {
        String ca = connection.ca();
        if (ca != null) {
            findings.attempt("/ca", () -> Pem.certificates(ca));
        }
        @Nullable Credentials credentials = connection.credentials();
        switch (credentials) {
            case null -> {}
            case ClientCertificate(String cert, Secret key) -> {
                if (cert != null) {
                    findings.attempt("/credentials/cert", () -> Pem.certificates(cert));
                }
                if (key != null) {
                    findings.attempt("/credentials/key", () -> Pem.privateKey(key));
                }
            }
            case PublicKey _ ->
                    findings.wrong(
                            "/credentials/type",
                            "A key pair opens SSH tunnels only.",
                            "Use client-cert with a certificate and its key.");
            case Credentials.OAuthClientCredentials oauth ->
                    TokenEndpoint.check(oauth.tokenEndpoint(), findings);
            case Credentials.OAuthPassword oauth ->
                    TokenEndpoint.check(oauth.tokenEndpoint(), findings);
            case Credentials.Plain _, Credentials.Hmac _ -> {}
        }
    }
}
