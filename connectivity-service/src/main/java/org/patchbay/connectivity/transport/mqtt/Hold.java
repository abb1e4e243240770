package org.patchbay.connectivity.transport.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Failure;

/**
 * Holds a link's channel from the moment it is made. The client library disconnects what is
 * connected, and leaves an attempt to connect alone until its own timeouts; closing the channel
 * ends an attempt at once, whether it is about TCP, TLS or the broker's answer.
 */
final class Hold {

    /** Of the link that is being connected by this thread. */
    private static final ScopedValue<Hold> CURRENT = ScopedValue.newInstance();

    /** Completes when the channel can be closed; null before there is one. Guarded by this. */
    private @Nullable ChannelFuture registered;

    /** Guarded by this. */
    private boolean over;

    /** Called by the thread that connects. */
    static void take(ChannelFuture registered) {
        if (CURRENT.isBound()) {
            CURRENT.get().hold(registered);
        }
    }

    private synchronized void hold(ChannelFuture newRegistered) {
        registered = newRegistered;
        if (over) {
            newRegistered.addListener(_ -> newRegistered.channel().close());
        }
    }

    /**
     * Connects, unless the link has been ended already.
     *
     * @param connect makes the channel before it returns
     */
    <T> CompletableFuture<T> connect(Supplier<CompletableFuture<T>> connect) {
        if (isOver()) {
            return CompletableFuture.failedFuture(closed());
        }
        return ScopedValue.where(CURRENT, this)
                .call(connect::get)
                .exceptionallyCompose(
                        thrown -> CompletableFuture.failedFuture(isOver() ? closed() : thrown));
    }

    private synchronized boolean isOver() {
        return over;
    }

    private static Failure closed() {
        return Failure.bySystem("The connection was closed while it was being made.", null);
    }

    /**
     * Ends the link: in order if it is connected, else at once; idempotent.
     *
     * @param disconnect ends it in order
     */
    CompletableFuture<?> end(MqttClient client, Supplier<CompletableFuture<Void>> disconnect) {
        ChannelFuture made = ended();
        if (made == null || !made.channel().isOpen()) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
        // By its own thread, so that it is not connected in between.
        made.addListener(_ -> {
            if (client.getState().isConnected()) {
                disconnect.get().whenComplete((_, _) -> gone.complete(null));
            } else {
                close(made.channel(), gone);
            }
        });
        return gone;
    }

    private static void close(Channel channel, CompletableFuture<@Nullable Void> gone) {
        channel.close().addListener(_ -> gone.complete(null));
    }

    private synchronized @Nullable ChannelFuture ended() {
        over = true;
        return registered;
    }
}
