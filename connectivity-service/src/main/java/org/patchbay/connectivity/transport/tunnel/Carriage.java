package org.patchbay.connectivity.transport.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries bytes between a connection of this machine and a channel, both ways. Who sends slowly or
 * takes slowly is waited for: neither side has more in here than the channel's window.
 */
final class Carriage {

    private static final Logger LOG = LoggerFactory.getLogger(Carriage.class);
    private static final int CHUNK_BYTES = 32_768;

    private final Socket socket;
    private final ChannelDirectTcpip channel;
    private final Runnable beforeCut;
    private final CompletableFuture<Done> ended = new CompletableFuture<>();

    /**
     * @param beforeCut called before the connection is cut because the channel ended
     */
    Carriage(Socket socket, ChannelDirectTcpip channel, Runnable beforeCut) {
        this.socket = socket;
        this.channel = channel;
        this.beforeCut = beforeCut;
    }

    /** Carries until both sides have ended. */
    void run() {
        Tunnels.THREADS.execute(this::carryThere);
        carryBack();
        ended.complete(Done.getInstance());
    }

    CompletableFuture<Done> ended() {
        return ended;
    }

    private void carryThere() {
        try (OutputStream there = channel.getInvertedIn()) {
            copy(socket.getInputStream(), there);
        } catch (IOException e) {
            LOG.trace("Nothing more is sent through the tunnel.", e);
            channel.close(false);
        }
    }

    /** The other side may have ended its half only, so ours goes on until the channel is closed. */
    private void carryBack() {
        try {
            copy(channel.getInvertedOut(), socket.getOutputStream());
            beforeCut.run();
            socket.shutdownOutput();
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), 0);
        } catch (IOException e) {
            LOG.trace("Nothing more comes through the tunnel.", e);
            channel.close(false);
        } finally {
            beforeCut.run();
            closeQuietly(socket);
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
            to.write(chunk, 0, read);
            to.flush();
        }
    }

    void cut() {
        closeQuietly(socket);
        channel.close(true);
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.trace("It is gone already.", e);
        }
    }
}
