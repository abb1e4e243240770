package org.patchbay.connectivity.transport.mqtt.consuming;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.patchbay.connectivity.transport.Inbound.Settlement;

/**
 * One message on its way to every source whose addresses match, usually one. When all of them have
 * settled it, it is acknowledged (MQTT knows no difference between accepted and rejected), or left
 * unacknowledged if one of them wants it again.
 */
public final class Delivery {

    private final AtomicInteger open;
    private final AtomicBoolean wantedAgain = new AtomicBoolean();
    private final Runnable acknowledge;
    private final Runnable redeliver;
    private final boolean comesAgain;

    /**
     * One of the two runs, once.
     *
     * @param comesAgain whether the broker sends the message again when the second one runs
     */
    public Delivery(int sources, Runnable acknowledge, Runnable redeliver, boolean comesAgain) {
        open = new AtomicInteger(sources);
        this.acknowledge = acknowledge;
        this.redeliver = redeliver;
        this.comesAgain = comesAgain;
    }

    public Settlement settlement() {
        return new OneOfThem();
    }

    private void settled() {
        if (open.decrementAndGet() == 0) {
            (wantedAgain.get() ? redeliver : acknowledge).run();
        }
    }

    private final class OneOfThem implements Settlement {
        private final AtomicBoolean done = new AtomicBoolean();

        @Override
        public void accept() {
            if (done.compareAndSet(false, true)) {
                settled();
            }
        }

        @Override
        public void reject() {
            accept();
        }

        @Override
        public void redeliver() {
            if (done.compareAndSet(false, true)) {
                wantedAgain.set(true);
                settled();
            }
        }

        @Override
        public boolean canRedeliver() {
            return comesAgain;
        }
    }
}
