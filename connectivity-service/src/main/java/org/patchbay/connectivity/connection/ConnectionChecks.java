package org.patchbay.connectivity.connection;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.patchbay.connectivity.hosts.HostPolicy;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.validation.ConnectionLimits;
import org.patchbay.connectivity.model.validation.ConnectionValidation;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;

/**
 * All that a connection must pass before it is stored or tested: its form, its mappers, its hosts.
 *
 * @param mappers throws a {@link ProblemException} where a mapper is unknown or does not compile
 * @param scripts threads for that, because it runs scripts
 */
record ConnectionChecks(
        ConnectionLimits limits, Consumer<Connection> mappers, Executor scripts, HostPolicy hosts) {

    /** The one error that tells what is wrong; empty where nothing is. */
    CompletionStage<Optional<Problem>> check(Connection connection) {
        Optional<Problem> form = ConnectionValidation.check(connection, limits);
        if (form.isPresent()) {
            return CompletableFuture.completedFuture(form);
        }
        return CompletableFuture.supplyAsync(() -> checkMappers(connection), scripts)
                .thenCompose(problem ->
                        problem.isPresent()
                                ? CompletableFuture.completedFuture(problem)
                                : checkHosts(connection));
    }

    private Optional<Problem> checkMappers(Connection connection) {
        try {
            mappers.accept(connection);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    private CompletionStage<Optional<Problem>> checkHosts(Connection connection) {
        return hosts.check(connection)
                .thenApply(found -> {
                    Findings findings = new Findings();
                    found.forEach(findings::add);
                    return findings.problem();
                });
    }
}
