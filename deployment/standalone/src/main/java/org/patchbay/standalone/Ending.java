package org.patchbay.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done when the process is told to end: what was added last comes first. */
final class Ending {

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private final Deque<Runnable> steps = new ArrayDeque<>();

    Ending() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::run, "ending"));
    }

    synchronized void lastly(Runnable step) {
        steps.push(step);
    }

    private synchronized void run() {
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("cause", e.getMessage())
                        .log("Not everything ended cleanly");
            }
        }
    }
}
