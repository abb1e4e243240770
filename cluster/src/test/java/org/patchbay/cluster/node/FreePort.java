package org.patchbay.cluster.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for the servers of tests, which stop and come back to them. They lie below those that
 * systems give to who takes any: while a server is away nobody gets its port by accident.
 */
public final class FreePort {

    private static final int FIRST = 20_000;

    /** Each of the JVMs that run tests beside each other has so many of its own. */
    private static final int PORTS = 3_000;

    private static final int JVMS_MAX = 4;
    private static final int JVM = Integer.getInteger("test.fork", 0) % JVMS_MAX;

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private FreePort() {}

    /** Another one each time. */
    public static int next() {
        for (int tries = 0; tries < PORTS; tries++) {
            int port = FIRST + JVM * PORTS + NEXT.getAndIncrement() % PORTS;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("None of " + PORTS + " ports is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
