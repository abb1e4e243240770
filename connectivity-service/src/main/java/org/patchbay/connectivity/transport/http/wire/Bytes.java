package org.patchbay.connectivity.transport.http.wire;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.ClientTransport;
import org.apache.pekko.http.javadsl.OutgoingConnection;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection: TLS where it is secured, and what nobody above could tell: when it
 * is ready for a request, and whether anything of a request has gone into it.
 */
final class Bytes extends ClientTransport {

    private final ClientTransport below;
    private final @Nullable Supplier<SSLEngine> engine;
    private final SharedKillSwitch stop = KillSwitches.shared("http-bytes");
    private final CompletableFuture<Done> ready = new CompletableFuture<>();
    private final AtomicLong written = new AtomicLong();
    private volatile String protocol = "";

    /**
     * @param engine null where the connection is a plain one
     */
    Bytes(ClientTransport below, @Nullable Supplier<SSLEngine> engine) {
        this.below = below;
        this.engine = engine;
    }

    /** Completes when it is connected and secured, fails when it can't be. */
    CompletableFuture<Done> ready() {
        return ready;
    }

    /** Whether the other side may look at our certificate after we are ready. */
    boolean maySayNoLater() {
        return protocol.equals("TLSv1.3");
    }

    /** How many bytes of requests were taken, before they were encrypted. */
    long written() {
        return written.get();
    }

    /** Ends the connection at once. */
    void abort(Throwable why) {
        ready.completeExceptionally(why);
        stop.abort(why);
    }

    @Override
    public Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> connectTo(
            String host, int port, ClientConnectionSettings settings, ActorSystem system) {
        Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> socket =
                Flow.<ByteString>create()
                        .via(stop.<ByteString>flow())
                        .viaMat(below.connectTo(host, port, settings, system), Keep.right())
                        .via(stop.<ByteString>flow());
        return Flow.<ByteString>create()
                .map(bytes -> {
                    written.addAndGet(bytes.size());
                    return bytes;
                })
                .viaMat(engine == null ? socket : secured(engine, socket), Keep.right())
                .mapMaterializedValue(this::watched);
    }

    private Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> secured(
            Supplier<SSLEngine> engines,
            Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> socket) {
        BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> tls =
                TLS.create(
                        engines,
                        session -> {
                            protocol = session.getProtocol();
                            ready.complete(Done.getInstance());
                        },
                        TLSClosing.eagerClose());
        BidiFlow<ByteString, SslTlsOutbound, SslTlsInbound, ByteString, NotUsed> wrapping =
                BidiFlow.fromFlows(
                        Flow.<ByteString>create().map(SendBytes::new),
                        Flow.<SslTlsInbound>create()
                                .collectType(SessionBytes.class)
                                .map(SessionBytes::bytes));
        return socket.joinMat(wrapping.atop(tls).reversed(), Keep.left());
    }

    private CompletionStage<OutgoingConnection> watched(
            CompletionStage<OutgoingConnection> connected) {
        connected.whenComplete((_, thrown) -> {
            if (thrown != null) {
                ready.completeExceptionally(thrown);
            } else if (engine == null) {
                ready.complete(Done.getInstance());
            }
        });
        return connected;
    }
}
