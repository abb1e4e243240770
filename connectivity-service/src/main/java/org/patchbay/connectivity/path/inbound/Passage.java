package org.patchbay.connectivity.path.inbound;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.connectivity.monitoring.account.Ledger;
import org.patchbay.connectivity.path.inbound.SourcePath.Prepared;
import org.patchbay.connectivity.transport.Inbound;

/**
 * The messages in one stream of a source. A stream that fails forgets what it has taken and not
 * dispatched yet; this remembers, so that those messages have an end, too.
 */
final class Passage {

    private final SourcePath way;

    /** Taken and not dispatched; few, for the stream takes no more than it can map. */
    private final Map<Ledger.Entry, Arrival> waiting = new ConcurrentHashMap<>();

    Passage(SourcePath way) {
        this.way = way;
    }

    Arrival take(Inbound inbound) {
        Arrival arrival = way.take(inbound);
        waiting.put(arrival.account(), arrival);
        return arrival;
    }

    CompletionStage<Ending> dispatch(Prepared prepared) {
        waiting.remove(prepared.arrival().account());
        return way.dispatch(prepared);
    }

    /** The stream has ended: what waits in it will not be dispatched any more. */
    void ended() {
        waiting.values().forEach(way::leave);
        waiting.clear();
    }
}
