package org.patchbay.connectivity.broker.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.patchbay.connectivity.broker.Certificates;

/** Makes TLS with whoever comes, and hands on to a server that knows none. */
public final class TlsFront implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final ServerSocket server;
    private final int behind;
    private final TlsSetup setup;
    private final SSLContext context;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsFront(ServerSocket server, int behind, TlsSetup setup, SSLContext context) {
        this.server = server;
        this.behind = behind;
        this.setup = setup;
        this.context = context;
    }

    /**
     * On a port of its own.
     *
     * @param behind where the other server listens
     */
    public static TlsFront before(int behind, TlsSetup setup) {
        return at(0, behind, setup);
    }

    /** On this port: for a server whose clients ask it for its address. */
    public static TlsFront at(int port, int behind, TlsSetup setup) {
        try {
            var server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
            TlsFront front = new TlsFront(server, behind, setup, context(setup));
            Thread.ofVirtual().start(front::accept);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext context(TlsSetup setup) throws IOException {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(setup.server().store(), Certificates.PASSWORD.toCharArray());
            TrustManager[] trusted = null;
            if (setup.clientsOf() != null) {
                var trust =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(setup.clientsOf().trusted());
                trusted = trust.getTrustManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                SSLSocket secured = shakenHands(client);
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            open.add(broker);
            Thread back = Thread.ofVirtual().start(() -> copy(broker, secured, client));
            copy(secured, broker, broker);
            back.join();
            open.remove(broker);
        } catch (IOException e) {
            // One of them has gone, or the client was not let in.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /**
     * Who is refused is told why: the socket stays until the other side has read it, since what
     * comes in unread would make the system take the answer back.
     */
    private SSLSocket shakenHands(Socket client) throws IOException {
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(client, null, false);
        try {
            secured.setEnabledProtocols(setup.protocols().toArray(String[]::new));
            secured.setNeedClientAuth(setup.clientsOf() != null);
            secured.startHandshake();
            return secured;
        } catch (IOException refused) {
            client.shutdownOutput();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
            throw refused;
        }
    }

    /** Until one side ends it, which then ends for the other one, too. */
    private static void copy(Socket from, Socket to, Socket toEnd) {
        try (toEnd) {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of them has gone.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket one : open) {
                one.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
