package org.patchbay.connectivity.transport;

import java.util.concurrent.atomic.AtomicBoolean;
import org.patchbay.connectivity.transport.Inbound.Settlement;

/** Lets the first settlement of a message through, and no other. */
public final class FirstSettlement implements Settlement {

    private final Settlement settlement;
    private final AtomicBoolean settled = new AtomicBoolean();

    public FirstSettlement(Settlement settlement) {
        this.settlement = settlement;
    }

    @Override
    public void accept() {
        if (settled.compareAndSet(false, true)) {
            settlement.accept();
        }
    }

    @Override
    public void reject() {
        if (settled.compareAndSet(false, true)) {
            settlement.reject();
        }
    }

    @Override
    public void redeliver() {
        if (settled.compareAndSet(false, true)) {
            settlement.redeliver();
        }
    }

    @Override
    public boolean canReject() {
        return settlement.canReject();
    }

    @Override
    public boolean canRedeliver() {
        return settlement.canRedeliver();
    }
}
