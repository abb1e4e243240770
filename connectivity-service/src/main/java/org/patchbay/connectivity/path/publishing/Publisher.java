package org.patchbay.connectivity.path.publishing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.connectivity.transport.TransportClient;

/**
 * Publishes over whatever link there is now. Each target, and the replies, have an {@link Outlet}
 * of their own, so that what one of them can't get rid of holds back none of the others.
 */
public final class Publisher {

    private final PublishSettings settings;
    private final BiConsumer<Duration, Runnable> later;
    private final InstantSource clock;
    private final List<Outlet> outlets = new ArrayList<>();
    private int sharing;
    private boolean closed;

    /**
     * A publisher without a link.
     *
     * @param settings the pauses of an outlet whose messages are not taken
     * @param later runs something after a while
     */
    Publisher(PublishSettings settings, BiConsumer<Duration, Runnable> later, InstantSource clock) {
        this.settings = settings;
        this.later = later;
        this.clock = clock;
    }

    /** A publisher that pauses by the clock of an actor system. */
    public static Publisher of(
            ActorSystem<?> system, PublishSettings settings, InstantSource clock) {
        return new Publisher(
                settings,
                (pause, work) ->
                        system.scheduler().scheduleOnce(pause, work, system.executionContext()),
                clock);
    }

    /**
     * A way out for someone who bounds what waits in it by waiting for results; an equal part of
     * each link's window is kept for it. To be made before there is a link.
     *
     * @param watcher told when its messages are not taken, and when they are again
     */
    public synchronized Outlet outlet(Outlet.Watcher watcher) {
        sharing++;
        return add(new Outlet(Integer.MAX_VALUE, settings, later, clock, watcher));
    }

    /**
     * A way out for what is handed over and left. No part of a link's window is kept for it: most
     * of it leaves without an answer of the broker, with QoS 0.
     *
     * @param waitingMax how many messages may wait in it before more of them are refused
     */
    public synchronized Outlet boundedOutlet(int waitingMax, Outlet.Watcher watcher) {
        return add(new Outlet(waitingMax, settings, later, clock, watcher));
    }

    private Outlet add(Outlet outlet) {
        outlets.add(outlet);
        return outlet;
    }

    /** Sends what waits in the outlets, each in order, and from now on what comes. */
    public synchronized void linkUp(TransportClient newLink) {
        if (closed) {
            return;
        }
        int share = Math.max(1, newLink.publishWindow() / Math.max(1, sharing));
        outlets.forEach(outlet -> outlet.linkUp(newLink, share));
    }

    public synchronized void linkDown() {
        outlets.forEach(Outlet::linkDown);
    }

    /** Gives up on what waits. */
    public synchronized void close() {
        closed = true;
        outlets.forEach(Outlet::close);
    }
}
