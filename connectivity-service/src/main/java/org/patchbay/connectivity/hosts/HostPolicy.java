package org.patchbay.connectivity.hosts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.hosts.HostRules;
import org.patchbay.connectivity.model.hosts.HostRules.Verdict;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.validation.HostFields;
import org.patchbay.connectivity.model.validation.HostFields.HostField;

/** Which hosts connections of this node may reach. */
public final class HostPolicy implements Extension {

    private final HostRules rules;
    private final Executor blocking;

    private HostPolicy(ActorSystem<?> system) {
        this.rules = HostSettings.of(system.settings().config());
        this.blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
    }

    public static HostPolicy of(ActorSystem<?> system) {
        return Id.INSTANCE.get(system);
    }

    /**
     * The hosts of a connection that may not be reached. One that can't be resolved now is let
     * through: it is looked at again when it is connected to.
     */
    public CompletionStage<List<Finding>> check(Connection connection) {
        return CompletableFuture.supplyAsync(() -> checkNow(connection), blocking);
    }

    /** Whether addresses of this machine itself may be reached. */
    public boolean allowsLoopback() {
        return rules.loopbackLiterals();
    }

    /** Whether the host may be connected to at this address, to which it resolved just now. */
    public boolean allows(String host, InetAddress address) {
        return rules.judge(host, address) == null;
    }

    /** Whether the host may be reached through a tunnel, whatever its address at the other end. */
    public boolean allowsBeyondTunnel(String host) {
        return rules.judgeBeyondTunnel(host) == null;
    }

    private List<Finding> checkNow(Connection connection) {
        List<Finding> findings = new ArrayList<>();
        for (HostField field : HostFields.of(connection)) {
            String why =
                    field.beyondTunnel()
                            ? rules.judgeBeyondTunnel(field.host())
                            : judge(field.host());
            if (why != null) {
                findings.add(
                        new Finding(
                                ConnectionProblems.CONFIGURATION_INVALID,
                                field.pointer(),
                                "It can't be used because " + why + ".",
                                "An operator can allow the host by its name"
                                        + " (CONNECTIVITY_CONNECTION_ALLOWED_HOSTNAMES)."));
            }
        }
        return findings;
    }

    private @Nullable String judge(String host) {
        return switch (rules.judge(host)) {
            case Verdict.Allowed _ -> null;
            case Verdict.Blocked(String why) -> why;
            case Verdict.DependsOnAddress _ -> judgeAddresses(host);
        };
    }

    private @Nullable String judgeAddresses(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                String why = rules.judge(host, address);
                if (why != null) {
                    return why;
                }
            }
            return null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static final class Id extends ExtensionId<HostPolicy> {
        private static final Id INSTANCE = new Id();

        @Override
        public HostPolicy createExtension(ActorSystem<?> system) {
            return new HostPolicy(system);
        }

        private HostPolicy get(ActorSystem<?> system) {
            return apply(system);
        }
    }
}
