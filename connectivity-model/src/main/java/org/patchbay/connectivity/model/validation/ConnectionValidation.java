package org.patchbay.connectivity.model.validation;

import java.util.Optional;
import java.util.regex.Pattern;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.validation.credentials.CredentialsChecks;
import org.patchbay.connectivity.model.validation.credentials.TunnelChecks;
import org.patchbay.connectivity.model.validation.endpoint.EndpointChecks;
import org.patchbay.connectivity.model.validation.endpoint.SourceChecks;
import org.patchbay.connectivity.model.validation.endpoint.TargetChecks;
import org.patchbay.connectivity.model.validation.type.OptionChecks;
import org.patchbay.connectivity.model.validation.type.TypeRules;
import org.patchbay.protocol.Problem;

/** Judges a connection without I/O: everything wrong is found at once. */
public final class ConnectionValidation {

    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9\\-_:]{1,100}");

    private ConnectionValidation() {}

    /** The one error that names everything wrong; empty where nothing is. */
    public static Optional<Problem> check(Connection connection, ConnectionLimits limits) {
        return findings(connection, limits).problem();
    }

    /** What is wrong with an id, wherever it comes from; empty where nothing is. */
    public static Optional<Problem> checkId(String id) {
        return ID.matcher(id).matches()
                ? Optional.empty()
                : Optional.of(ConnectionProblems.idInvalid(id));
    }

    /** Everything wrong, place by place. */
    public static Findings findings(Connection connection, ConnectionLimits limits) {
        Findings findings = new Findings();
        checkId(connection.id()).ifPresent(problem -> findings.wrong("/id", problem));
        checkUri(connection, findings);
        checkCounts(connection, limits, findings);
        checkClients(connection, limits, findings);
        for (int i = 0; i < connection.sources().size(); i++) {
            SourceChecks.collect(
                    connection, i, limits.mappersPerSourceMax(), limits.consumersMax(), findings);
        }
        for (int i = 0; i < connection.targets().size(); i++) {
            TargetChecks.collect(connection, i, limits.mappersPerTargetMax(), findings);
        }
        if (connection.sshTunnel() != null) {
            TunnelChecks.collect(connection.sshTunnel(), findings);
        }
        CredentialsChecks.collect(connection, limits.ownAlgorithms(), findings);
        OptionChecks.collect(connection, findings);
        return findings;
    }

    private static void checkUri(Connection connection, Findings findings) {
        TypeRules rules = TypeRules.of(connection.type());
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

    private static void checkClients(
            Connection connection, ConnectionLimits limits, Findings findings) {
        EndpointChecks.within(
                "/clientCount", connection.clientCount(), limits.clientsMax(), findings);
        EndpointChecks.within(
                "/processorPoolSize", connection.processorPoolSize(), Integer.MAX_VALUE, findings);
        if (connection.type() == ConnectionType.MQTT && connection.clientCount() > 1) {
            findings.wrong(
                    "/clientCount",
                    "MQTT 3.1.1 does not share subscriptions between clients.",
                    "Set it to 1, or use mqtt-5.");
        }
    }
}
