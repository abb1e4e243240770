package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A server that makes TLS with whoever comes and says nothing then. */
public final class TlsServer implements AutoCloseable {

    private final SSLServerSocket server;
    private final AtomicInteger open = new AtomicInteger();

    private TlsServer(SSLServerSocket server) {
        this.server = server;
    }

    /** With this key. */
    public static TlsServer with(KeyStore key) {
        return with(key, null, "TLSv1.3");
    }

    /**
     * With this key.
     *
     * @param clients whose certificates a client must show one of; null where it need not
     */
    public static TlsServer with(KeyStore key, @Nullable KeyStore clients, String protocol) {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(key, Certificates.PASSWORD.toCharArray());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(clients == null ? key : clients);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            SSLServerSocket socket =
                    (SSLServerSocket)
                            context.getServerSocketFactory()
                                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setNeedClientAuth(clients != null);
            TlsServer made = new TlsServer(socket);
            Thread.ofVirtual().start(made::accept);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections to it are open. */
    public int open() {
        return open.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) server.accept();
                open.incrementAndGet();
                Thread.ofVirtual().start(() -> listen(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void listen(SSLSocket socket) {
        try (socket) {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The other side has gone, or was not let in.
        } finally {
            open.decrementAndGet();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
