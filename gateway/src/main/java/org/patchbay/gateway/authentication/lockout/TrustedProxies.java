package org.patchbay.gateway.authentication.lockout;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.hosts.Subnet;

/**
 * The proxies whose {@code X-Forwarded-For} is believed. Of anybody else it is not: a client could
 * be whom it likes.
 */
public record TrustedProxies(List<Subnet> subnets) {

    public static final String HEADER = "x-forwarded-for";

    private static final String KEY = "patchbay.gateway.trusted-proxies";

    public TrustedProxies {
        subnets = List.copyOf(subnets);
    }

    public static TrustedProxies of(Config config) {
        return new TrustedProxies(
                Arrays.stream(config.getString(KEY).split(",", -1))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(TrustedProxies::subnet)
                        .toList());
    }

    /**
     * The address of the client: the last one in the header that is no trusted proxy itself.
     *
     * @param peer who is connected to us
     */
    public InetAddress client(InetAddress peer, @Nullable String forwardedFor) {
        InetAddress client = peer;
        if (forwardedFor == null) {
            return client;
        }
        String[] hops = forwardedFor.split(",", -1);
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            InetAddress hop = address(hops[i].strip());
            if (hop == null) {
                return client;
            }
            client = hop;
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        return subnets.stream().anyMatch(subnet -> subnet.contains(address));
    }

    /** {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1}, {@code [2001:db8::1]:80}. */
    private static @Nullable InetAddress address(String hop) {
        String literal = hop;
        if (hop.startsWith("[")) {
            int close = hop.indexOf(']');
            literal = hop.substring(1, close < 0 ? hop.length() : close);
        } else if (hop.indexOf(':') >= 0 && hop.indexOf(':') == hop.lastIndexOf(':')) {
            literal = hop.substring(0, hop.indexOf(':'));
        }
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static Subnet subnet(String text) {
        try {
            return Subnet.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException.BadValue(
                    KEY,
                    "must be addresses or subnets such as 10.0.0.0/8, separated by commas"
                            + " (environment variable PATCHBAY_TRUSTED_PROXIES), not '"
                            + text
                            + "'",
                    e);
        }
    }
}
