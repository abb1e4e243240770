package org.patchbay.connectivity.check;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.transport.Transport;

/**
 * Tries connections out, layer by layer, and reports how far they come. It stores nothing, and when
 * its report is there it has closed what it opened.
 *
 * <p>The layers up to TLS are tried with a socket of its own, so that each can be timed and told
 * from the others, whatever client library the type has, or whether there is one. The transport's
 * trial client then connects anew to show the rest.
 *
 * @param transports throws a {@link org.patchbay.protocol.ProblemException} for a type that has
 *     none
 * @param allowed whether a host may be connected to at an address
 * @param limit for all layers together
 */
public record DryRun(
        ActorSystem<?> system,
        ConnectionChecks checks,
        Function<ConnectionType, Transport> transports,
        BiPredicate<String, InetAddress> allowed,
        Duration limit) {

    /** Completes within the limit, or shortly after, when everything is closed. */
    public CompletionStage<DryRunReport> of(Connection connection) {
        CompletableFuture<DryRunReport> report = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("dry-run")
                .start(() -> {
                    try {
                        report.complete(run(connection));
                    } catch (Throwable failure) {
                        report.completeExceptionally(failure);
                    }
                });
        return report;
    }

    private DryRunReport run(Connection connection) throws InterruptedException {
        try (Trial trial = new Trial(this, connection)) {
            trial.run();
            return trial.report();
        }
    }
}
