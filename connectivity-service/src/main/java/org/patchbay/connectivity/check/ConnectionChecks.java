package org.patchbay.connectivity.check;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.patchbay.connectivity.hosts.HostPolicy;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.validation.ConnectionLimits;
import org.patchbay.connectivity.model.validation.ConnectionValidation;
import org.patchbay.protocol.Problem;

/**
 * All that a connection must pass before it is stored: its form, its mappers, its hosts. Each check
 * gives the one error that tells everything wrong, empty where nothing is.
 *
 * @param mappers finds those that are unknown or do not compile
 * @param scripts threads for that, because it runs scripts
 */
public record ConnectionChecks(
        ConnectionLimits limits,
        Function<Connection, Findings> mappers,
        Executor scripts,
        HostPolicy hosts) {

    /** All checks, whatever the others find. */
    public CompletionStage<Optional<Problem>> check(Connection connection) {
        Findings form = ConnectionValidation.findings(connection, limits);
        return findMappers(connection)
                .thenCombine(
                        findHosts(connection),
                        (mapping, host) ->
                                Stream.of(form, mapping, host)
                                        .collect(Findings::new, Findings::addAll, Findings::addAll)
                                        .problem());
    }

    Optional<Problem> checkForm(Connection connection) {
        return ConnectionValidation.check(connection, limits);
    }

    CompletionStage<Optional<Problem>> checkMappers(Connection connection) {
        return findMappers(connection).thenApply(Findings::problem);
    }

    CompletionStage<Optional<Problem>> checkHosts(Connection connection) {
        return findHosts(connection).thenApply(Findings::problem);
    }

    private CompletionStage<Findings> findMappers(Connection connection) {
        return CompletableFuture.supplyAsync(() -> mappers.apply(connection), scripts);
    }

    private CompletionStage<Findings> findHosts(Connection connection) {
        return hosts.check(connection)
                .thenApply(found -> {
                    Findings findings = new Findings();
                    found.forEach(findings::add);
                    return findings;
                });
    }
}
