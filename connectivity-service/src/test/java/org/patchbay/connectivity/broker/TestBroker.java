package org.patchbay.connectivity.broker;

import org.jspecify.annotations.Nullable;

/**
 * A broker that runs on a port of its own on the loopback interface. It lets in who names no user,
 * and {@link #USER} with {@link #PASSWORD}; nobody else. What it has to keep it keeps over a
 * restart.
 */
public interface TestBroker extends AutoCloseable {

    String USER = "device";
    String PASSWORD = "s3cret@home";

    String scheme();

    int port();

    /** Starts it on the same port as before; returns when it can be connected to. */
    void start();

    /** Stops it in an orderly way; returns when nothing listens any more. */
    void stop();

    default void restart() {
        stop();
        start();
    }

    /** An address that nobody may subscribe to; null where the broker can't forbid one. */
    @Nullable String forbiddenAddress();

    default String uri() {
        return scheme() + "://127.0.0.1:" + port();
    }

    /** With a password as it stands, not encoded. */
    default String uri(String user, String password) {
        String encoded =
                java.net.URLEncoder.encode(password, java.nio.charset.StandardCharsets.UTF_8);
        return scheme() + "://" + user + ":" + encoded + "@127.0.0.1:" + port();
    }

    @Override
    void close();
}
