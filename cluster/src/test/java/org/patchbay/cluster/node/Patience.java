package org.patchbay.cluster.node;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long tests wait for what is to happen, unless they say so themselves. It costs time only
 * where a test fails, and a busy machine is no reason to.
 */
public final class Patience implements LauncherSessionListener {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(PATIENCE);
        String probes = "pekko.actor.testkit.typed.";
        for (String wait :
                new String[] {
                    "single-expect-default", "default-timeout", "system-shutdown-default"
                }) {
            System.setProperty(probes + wait, PATIENCE.toSeconds() + "s");
        }
    }
}
