package org.patchbay.cluster.shard;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.singleton.ClusterSingletonManager;
import org.apache.pekko.cluster.singleton.ClusterSingletonManagerSettings;
import org.apache.pekko.cluster.singleton.ClusterSingletonProxy;
import org.apache.pekko.cluster.singleton.ClusterSingletonProxySettings;

/**
 * Hosts cluster singletons below their root actor and asks them from any node.
 *
 * <p>Pekko's classic singleton manager, because the typed one has no say in where its actor lives,
 * and operators address these by path.
 */
public final class Singletons implements Extension {

    private final ActorSystem<?> system;
    private final Map<Singleton, ActorRef<Ask>> proxies = new EnumMap<>(Singleton.class);

    private Singletons(ActorSystem<?> system) {
        this.system = system;
        for (Singleton singleton : Singleton.values()) {
            proxies.put(singleton, startProxy(singleton));
        }
    }

    /** Starts the singleton's manager as a child of the calling root actor. */
    public static void host(ActorContext<?> root, Singleton singleton, Behavior<Ask> behavior) {
        ClusterSingletonManagerSettings settings =
                ClusterSingletonManagerSettings.create(Adapter.toClassic(root.getSystem()))
                        .withRole(singleton.role().wireName());
        Adapter.actorOf(
                root,
                ClusterSingletonManager.props(
                        Adapter.props(() -> behavior), PoisonPill.getInstance(), settings),
                singleton.wireName());
    }

    /**
     * Asks a singleton, wherever it runs. The stage fails with a {@link
     * java.util.concurrent.TimeoutException} when no answer comes in time.
     */
    public static <R> CompletionStage<R> ask(
            ActorSystem<?> system,
            Singleton singleton,
            Object command,
            Class<R> reply,
            Duration timeout) {
        return Id.INSTANCE.get(system).ask(singleton, command, reply, timeout);
    }

    private <R> CompletionStage<R> ask(
            Singleton singleton, Object command, Class<R> reply, Duration timeout) {
        ActorRef<Ask> proxy = proxies.get(singleton);
        if (proxy == null) {
            throw new IllegalStateException(singleton.path());
        }
        CompletionStage<Object> answer =
                AskPattern.ask(
                        proxy, replyTo -> new Ask(command, replyTo), timeout, system.scheduler());
        return answer.thenApply(reply::cast);
    }

    private ActorRef<Ask> startProxy(Singleton singleton) {
        ExtendedActorSystem classic = (ExtendedActorSystem) Adapter.toClassic(system);
        ClusterSingletonProxySettings settings =
                ClusterSingletonProxySettings.create(classic).withRole(singleton.role().wireName());
        return Adapter.toTyped(
                classic.systemActorOf(
                        ClusterSingletonProxy.props(singleton.path(), settings),
                        singleton.path().substring("/user/".length()).replace('/', '-') + "Proxy"));
    }

    private static final class Id extends ExtensionId<Singletons> {
        private static final Id INSTANCE = new Id();

        @Override
        public Singletons createExtension(ActorSystem<?> system) {
            return new Singletons(system);
        }

        private Singletons get(ActorSystem<?> system) {
            return apply(system);
        }
    }
}
