package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.patchbay.cluster.node.FreePort;

/** Ports for the servers of a test. */
public final class Scratch {

    private Scratch() {}

    public static int freePort() {
        return FreePort.next();
    }

    public static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
