package org.patchbay.connectivity.check;

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
 * All that a connection must pass before it is stored: its form, its mappers, its hosts. Each check
 * gives the one error that tells what is wrong, empty where nothing is.
 *
 * @param mappers throws a {@link ProblemException} where a mapper is unknown or does not compile
 * @param scripts threads for that, because it runs scripts
 */
public record ConnectionChecks(
        ConnectionLimits limits, Consumer<Connection> mappers, Executor scripts, HostPolicy hosts) {

    /** All checks one after the other, up to the first that finds something. */
    public CompletionStage<Optional<Problem>> check(Connection connection) {
        Optional<Problem> form = checkForm(connection);
        if (form.isPresent()) {
            return CompletableFuture.completedFuture(form);
        }
        return checkMappers(connection)
                .thenCompose(problem ->
                        problem.isPresent()
                                ? CompletableFuture.completedFuture(problem)
                                : checkHosts(connection));
    }

    Optional<Problem> checkForm(Connection connection) {
        return ConnectionValidation.check(connection, limits);
    }

    CompletionStage<Optional<Problem>> checkMappers(Connection connection) {
        return CompletableFuture.supplyAsync(() -> checkMappersNow(connection), scripts);
    }

    private Optional<Problem> checkMappersNow(Connection connection) {
        try {
            mappers.accept(connection);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    CompletionStage<Optional<Problem>> checkHosts(Connection connection) {
        return hosts.check(connection)
                .thenApply(found -> {
                    Findings findings = new Findings();
                    found.forEach(findings::add);
                    return findings.problem();
                });
    }
}
