package org.patchbay.connectivity.transport.mqtt;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;

/**
 * The threads for network traffic of all MQTT links of a node, instead of those that the client
 * library would start itself: they show each link its channel when that is made, which the library
 * does not.
 */
final class EventLoops extends MultiThreadIoEventLoopGroup implements Extension {

    /**
     * @param threads 0 for as many as Netty chooses
     */
    private EventLoops(int threads) {
        super(threads, new DefaultThreadFactory("mqtt", true), ioHandlers());
    }

    static EventLoops of(ActorSystem<?> system) {
        return Id.INSTANCE.apply(system);
    }

    /** For the kind of channels that the library makes, which chooses it like this. */
    private static IoHandlerFactory ioHandlers() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... args) {
        return new SingleThreadIoEventLoop(this, executor, handlers) {
            // Called by the thread that a client connects on, before its channel does.
            @Override
            public ChannelFuture register(Channel channel) {
                ChannelFuture registered = super.register(channel);
                Hold.take(registered);
                return registered;
            }
        };
    }

    private static final class Id extends ExtensionId<EventLoops> {
        private static final Id INSTANCE = new Id();

        @Override
        public EventLoops createExtension(ActorSystem<?> system) {
            MqttConfig config = MqttConfig.of(system.settings().config());
            EventLoops made = new EventLoops(config.eventLoopThreads());
            system.getWhenTerminated()
                    .thenRun(() -> made.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS));
            return made;
        }
    }
}
