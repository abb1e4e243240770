package org.patchbay.connectivity.path.inbound;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.connectivity.path.deadletter.DeadLetter;
import org.patchbay.connectivity.path.deadletter.DeadLetters;
import org.patchbay.connectivity.transport.Inbound.Settlement;
import org.patchbay.protocol.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends messages: tells the broker what became of each and closes its account. A message that
 * becomes a dead letter is acknowledged only when that has been taken.
 */
final class Settling {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private final DeadLetters deadLetters;
    private final BooleanSupplier stopped;

    /**
     * @param stopped whether the link is gone
     */
    Settling(DeadLetters deadLetters, BooleanSupplier stopped) {
        this.deadLetters = deadLetters;
        this.stopped = stopped;
    }

    /**
     * Ends one message; never fails.
     *
     * @param signal what the message was mapped to, where that is known
     */
    CompletionStage<Ending> end(Arrival arrival, Ending ending, @Nullable Signal signal) {
        return switch (ending.reason().outcome()) {
            case DONE -> accept(arrival, ending, "Acknowledged the message.");
            case FILTERED, DROPPED ->
                    ending.reason() == Reason.MAPPED_TO_NOTHING
                            // As Ditto counts it: what is dropped by its mapper is no more.
                            ? settle(arrival, ending, Settlement::accept)
                            : accept(arrival, ending, "Acknowledged what nobody wants.");
            case FAILED -> failed(arrival, ending, signal);
        };
    }

    private CompletionStage<Ending> failed(
            Arrival arrival, Ending ending, @Nullable Signal signal) {
        if (ending.reason() == Reason.LINK_ENDED
                || ending.reason().mayPass() && comesAgain(arrival)) {
            return redeliver(arrival, ending);
        }
        if (ending.reason().isDeadLetter() && deadLetters.take(arrival.inbound().headers())) {
            return deadLetters
                    .publish(DeadLetter.received(arrival.inbound(), ending, signal))
                    .thenCompose(taken -> keptOrNot(taken, arrival, ending));
        }
        return ending.reason().mayPass() ? lose(arrival, ending) : reject(arrival, ending);
    }

    /** Whether it is sent again when it is left unacknowledged; so it is when the link is gone. */
    private boolean comesAgain(Arrival arrival) {
        return stopped.getAsBoolean() || arrival.inbound().settlement().canRedeliver();
    }

    private CompletionStage<Ending> keptOrNot(boolean kept, Arrival arrival, Ending ending) {
        if (kept) {
            return accept(arrival, ending, "Acknowledged the message, which is a dead letter now.");
        }
        return comesAgain(arrival) ? redeliver(arrival, ending) : lose(arrival, ending);
    }

    private static CompletionStage<Ending> accept(Arrival arrival, Ending ending, String text) {
        CompletionStage<Ending> settled = settle(arrival, ending, Settlement::accept);
        arrival.monitor().success(MetricType.ACKNOWLEDGED, arrival.inbound().headers(), null, text);
        return settled;
    }

    private static CompletionStage<Ending> reject(Arrival arrival, Ending ending) {
        if (!arrival.inbound().settlement().canReject()) {
            return accept(
                    arrival, ending, "Acknowledged the message, which will never be accepted.");
        }
        CompletionStage<Ending> settled = settle(arrival, ending, Settlement::reject);
        arrival.monitor()
                .failure(
                        MetricType.ACKNOWLEDGED,
                        arrival.inbound().headers(),
                        null,
                        "Rejected the message, which will never be accepted: " + ending.text());
        return settled;
    }

    private static CompletionStage<Ending> redeliver(Arrival arrival, Ending ending) {
        return settle(arrival, ending, Settlement::redeliver);
    }

    /** A broker that would not send it again would only hold back what comes behind it. */
    private static CompletionStage<Ending> lose(Arrival arrival, Ending ending) {
        CompletionStage<Ending> settled = settle(arrival, ending, Settlement::accept);
        arrival.monitor()
                .failure(
                        MetricType.DROPPED,
                        arrival.inbound().headers(),
                        null,
                        "Lost, for the broker does not send it again: " + ending.text());
        return settled;
    }

    private interface Verdict {
        void tell(Settlement settlement);
    }

    private static CompletionStage<Ending> settle(Arrival arrival, Ending ending, Verdict verdict) {
        try {
            if (arrival.account().end(ending.reason())) {
                verdict.tell(arrival.inbound().settlement());
            }
        } catch (RuntimeException e) {
            // The broker may send it again; the stream of all others goes on.
            LOG.atWarn()
                    .addKeyValue("address", arrival.inbound().address())
                    .setCause(e)
                    .log("A message could not be settled.");
        }
        return CompletableFuture.completedFuture(ending);
    }
}
