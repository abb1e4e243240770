package org.patchbay.standalone;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.cluster.Role;
import org.patchbay.cluster.node.Node;
import org.patchbay.connectivity.ConnectivityRoot;
import org.patchbay.gateway.GatewayRoot;
import org.patchbay.things.ThingsRoot;

/** The guardian of a node: starts the services of its roles and fails with the first of them. */
final class Services {

    private final CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
    private final CompletableFuture<Throwable> failed = new CompletableFuture<>();

    /** Completes with the address that HTTP is served at, on a node that serves it. */
    CompletableFuture<InetSocketAddress> listening() {
        return listening;
    }

    /** Completes when a service has failed for good. */
    CompletableFuture<Throwable> failed() {
        return failed;
    }

    Behavior<Void> guardian() {
        return Behaviors.setup(context -> {
            for (Role role : Node.roles(context.getSystem().settings().config())) {
                start(context, role);
            }
            return Behaviors.receive(Void.class)
                    .onSignal(ChildFailed.class, this::onFailed)
                    .onSignal(Terminated.class, this::onStopped)
                    .build();
        });
    }

    private void start(ActorContext<Void> context, Role role) {
        ActorRef<Void> root =
                switch (role) {
                    case THINGS -> context.spawn(ThingsRoot.create(), "thingsRoot");
                    case CONNECTIVITY ->
                            context.spawn(ConnectivityRoot.create(), "connectivityRoot");
                    case GATEWAY ->
                            context.spawn(GatewayRoot.create(listening::complete), "gatewayRoot");
                };
        context.watch(root);
        if (role == Role.THINGS) {
            context.watch(context.spawn(ThingsRoot.policies(), "policiesRoot"));
        }
    }

    private Behavior<Void> onFailed(ChildFailed signal) {
        failed.complete(signal.getCause());
        return Behaviors.same();
    }

    private Behavior<Void> onStopped(Terminated signal) {
        failed.complete(new IllegalStateException(signal.getRef().path().name() + " has stopped"));
        return Behaviors.same();
    }
}
