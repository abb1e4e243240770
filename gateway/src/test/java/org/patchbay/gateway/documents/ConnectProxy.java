package org.patchbay.gateway.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An HTTP proxy that connects its first client to where it asks to be. */
final class ConnectProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    private ConnectProxy(ServerSocket socket) {
        this.socket = socket;
    }

    static ConnectProxy start() throws IOException {
        ConnectProxy proxy =
                new ConnectProxy(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(proxy::serve);
        return proxy;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The head of the request to connect. */
    String request() throws InterruptedException {
        return String.valueOf(requests.poll(10, TimeUnit.SECONDS));
    }

    private void serve() {
        try (Socket client = socket.accept()) {
            String request = head(client.getInputStream());
            requests.add(request);
            String[] target = request.split(" ")[1].split(":");
            try (Socket server = new Socket(target[0], Integer.parseInt(target[1]))) {
                OutputStream toClient = client.getOutputStream();
                toClient.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Thread back = Thread.ofVirtual().start(() -> pump(server, client));
                pump(client, server);
                back.join();
            }
        } catch (IOException e) {
            requests.add("failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            // One of them has hung up, which ends the tunnel.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
