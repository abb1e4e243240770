package org.patchbay.standalone;

import java.net.URI;
import java.time.Duration;
import org.patchbay.standalone.demo.Demo;

/** {@code patchbay demo}: the node as it is, and the demo as one of its users. */
final class DemoMode {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private DemoMode() {}

    /** Shows one message after the other until the process ends. */
    static void run(Settings settings, String url, Ending ending) throws InterruptedException {
        String devops =
                "devops:"
                        + settings.all().getString("ditto.gateway.authentication.devops.password");
        String user = settings.all().getString("patchbay.gateway.users").split(",", 2)[0].strip();
        if (user.isEmpty()) {
            throw new StartFailure(
                    "the demo needs a user; set PATCHBAY_USERS, such as ditto:ditto");
        }
        try {
            Demo demo =
                    Demo.start(new Demo.Settings(URI.create(url), devops, user, PAUSE), System.out);
            ending.lastly(demo::close);
            demo.run();
        } catch (IllegalStateException | java.io.UncheckedIOException e) {
            throw new StartFailure("the demo has failed: " + e.getMessage(), e);
        }
    }
}
