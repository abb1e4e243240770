package org.patchbay.gateway.authentication.token;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tokens are believed.
 *
 * @param clockSkew by how much an issuer's clock may differ from ours
 */
public record TokenSettings(List<IssuerSettings> issuers, Duration clockSkew, KeySettings keys) {

    private static final String ISSUERS = "openid-connect-issuers";

    public TokenSettings {
        issuers = List.copyOf(issuers);
    }

    /**
     * Reads such a section as {@code ditto.gateway.authentication.oauth}.
     *
     * @param path of the section
     */
    public static TokenSettings of(Config config, String path) {
        Config section = config.getConfig(path);
        String protocol = section.getString("protocol");
        if (!protocol.equals("https") && !protocol.equals("http")) {
            throw new ConfigException.BadValue(
                    path + ".protocol", "must be https or http, not '" + protocol + "'");
        }
        Duration skew = section.getDuration("allowed-clock-skew");
        if (skew.isNegative()) {
            throw new ConfigException.BadValue(
                    path + ".allowed-clock-skew", "must be a duration of zero or more");
        }
        Config all = section.getConfig(ISSUERS);
        String issuersPath = path + "." + ISSUERS;
        List<IssuerSettings> issuers =
                new TreeSet<>(all.root().keySet())
                        .stream()
                                .map(name -> IssuerSettings.of(issuersPath, all, name, protocol))
                                .toList();
        requireDifferent(issuersPath, issuers);
        return new TokenSettings(issuers, skew, KeySettings.of(config));
    }

    /** The headers that only claims may set, whoever sends the request. */
    public Set<String> claimedHeaders() {
        Set<String> names = new TreeSet<>();
        issuers.forEach(issuer -> names.addAll(issuer.headers().keySet()));
        return names;
    }

    /** A token must not be of two issuers. */
    private static void requireDifferent(String path, List<IssuerSettings> issuers) {
        Map<String, String> owners = new HashMap<>();
        for (IssuerSettings issuer : issuers) {
            for (IssuerAddress address : issuer.addresses()) {
                String other = owners.put(address.place(), issuer.name());
                if (other != null) {
                    throw new ConfigException.BadValue(
                            path,
                            "names the issuer "
                                    + address.place()
                                    + " twice, under "
                                    + other
                                    + " and "
                                    + issuer.name());
                }
            }
        }
    }
}
