package org.patchbay.connectivity.monitoring.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What became of all messages since the client started.
 *
 * <pre>
 * sources  consumed = dispatched + dropped + failed + in flight
 * targets  arrived  = published + filtered + dropped + failed + in flight
 * replies  arrived  = published + dropped + failed + in flight
 * </pre>
 *
 * A message that several sources take counts for each of them, a signal for each target that
 * subscribes to its kind and may see it.
 */
public record PathTotals(Ledger sources, Ledger targets, Ledger replies) {

    public PathTotals() {
        this(new Ledger(), new Ledger(), new Ledger());
    }

    /** {@code {sources: {consumed, dispatched, …, reasons: {…}}, …}}, those that took anything. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "sources", "consumed", "dispatched", sources.snapshot());
        put(json, "targets", "arrived", "published", targets.snapshot());
        put(json, "replies", "arrived", "published", replies.snapshot());
        return json;
    }

    private static void put(
            ObjectNode into, String name, String taken, String done, Ledger.Snapshot sums) {
        if (sums.taken() == 0) {
            return;
        }
        ObjectNode json = into.putObject(name);
        json.put(taken, sums.taken());
        json.put(done, sums.sum(Outcome.DONE));
        json.put("filtered", sums.sum(Outcome.FILTERED));
        json.put("dropped", sums.sum(Outcome.DROPPED));
        json.put("failed", sums.sum(Outcome.FAILED));
        json.put("inFlight", sums.inFlight());
        ObjectNode reasons = json.putObject("reasons");
        sums.ended()
                .forEach((reason, count) -> {
                    if (reason != Reason.DONE) {
                        reasons.put(reason.wireName(), count);
                    }
                });
    }
}
