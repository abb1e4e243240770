package org.patchbay.connectivity.model.hosts;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts connections may reach.
 *
 * <p>A name is looked at first: an allowed one may be reached wherever it points, a blocked one may
 * not. Any other is judged by the addresses it resolves to, and judged again by the address that is
 * really connected to, because names can change what they point to in between.
 *
 * @param allowedNames host names or addresses as texts that may always be reached
 * @param blockedNames host names or addresses as texts that may never be reached
 * @param blockedSubnets besides {@link #ALWAYS_BLOCKED}
 * @param blockedNameRegex matches whole host names, null for none
 * @param loopbackLiterals whether a loopback <em>address</em> such as 127.0.0.1 may be reached; a
 *     name that points there still may not, for its owner decides where it points
 */
public record HostRules(
        Set<String> allowedNames,
        Set<String> blockedNames,
        List<Subnet> blockedSubnets,
        @Nullable Pattern blockedNameRegex,
        boolean loopbackLiterals) {

    /** Loopback, link-local with the metadata services, private, CGNAT, multicast, reserved. */
    public static final List<Subnet> ALWAYS_BLOCKED =
            List.of(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.0.0.0/24",
                            "192.168.0.0/16",
                            "198.18.0.0/15",
                            "224.0.0.0/4",
                            "240.0.0.0/4",
                            "::/96",
                            "64:ff9b::/96",
                            "2002::/16",
                            "fc00::/7",
                            "fe80::/10",
                            "fec0::/10",
                            "ff00::/8")
                    .stream()
                    .map(Subnet::parse)
                    .toList();

    public HostRules {
        allowedNames = lowerCase(allowedNames);
        blockedNames = lowerCase(blockedNames);
        blockedSubnets = List.copyOf(blockedSubnets);
    }

    /** What a host's name alone tells. */
    public sealed interface Verdict {

        /** May be reached wherever it points. */
        record Allowed() implements Verdict {}

        /** May not be reached. */
        record Blocked(String why) implements Verdict {}

        /** Depends on the addresses it resolves to. */
        record DependsOnAddress() implements Verdict {}
    }

    public Verdict judge(String host) {
        String name = normal(host);
        if (allowedNames.contains(name)) {
            return new Verdict.Allowed();
        }
        if (blockedNames.contains(name)) {
            return new Verdict.Blocked("the host '" + host + "' is blocked");
        }
        if (blockedNameRegex != null && blockedNameRegex.matcher(name).matches()) {
            return new Verdict.Blocked("hosts such as '" + host + "' are blocked");
        }
        return new Verdict.DependsOnAddress();
    }

    /** Why this address of the host may not be reached; null where it may. */
    public @Nullable String judge(String host, InetAddress address) {
        return switch (judge(host)) {
            case Verdict.Allowed _ -> null;
            case Verdict.Blocked(String why) -> why;
            case Verdict.DependsOnAddress _ -> judgeAddress(host, address);
        };
    }

    /**
     * Why this host may not be reached through a tunnel; null where it may. Its addresses are those
     * of the network at the tunnel's other end, so only what an operator blocked by name, or as the
     * literal address, counts.
     */
    public @Nullable String judgeBeyondTunnel(String host) {
        return switch (judge(host)) {
            case Verdict.Allowed _ -> null;
            case Verdict.Blocked(String why) -> why;
            case Verdict.DependsOnAddress _ ->
                    blockedSubnets.stream().anyMatch(subnet -> containsLiteral(subnet, host))
                            ? "the host '" + host + "' is at a blocked address"
                            : null;
        };
    }

    private static boolean containsLiteral(Subnet subnet, String host) {
        try {
            return subnet.contains(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private @Nullable String judgeAddress(String host, InetAddress address) {
        if (loopbackLiterals && address.isLoopbackAddress() && isLiteral(host, address)) {
            return null;
        }
        for (Subnet subnet : blockedSubnets) {
            if (subnet.contains(address)) {
                return blockedAddress(host, address);
            }
        }
        for (Subnet subnet : ALWAYS_BLOCKED) {
            if (subnet.contains(address)) {
                return blockedAddress(host, address);
            }
        }
        return null;
    }

    private String blockedAddress(String host, InetAddress address) {
        return "the host '" + host + "' is at a blocked address" + hint(address);
    }

    private String hint(InetAddress address) {
        if (!address.isLoopbackAddress()) {
            return "";
        }
        return loopbackLiterals
                ? " (loopback, which may be reached as " + address.getHostAddress() + ")"
                : " (loopback)";
    }

    private static boolean isLiteral(String host, InetAddress address) {
        try {
            return InetAddress.ofLiteral(host).equals(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Set<String> lowerCase(Set<String> names) {
        return names.stream().map(HostRules::normal).collect(Collectors.toUnmodifiableSet());
    }

    /** Names mean the same in any case and with a final dot. */
    private static String normal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
