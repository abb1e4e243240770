package org.patchbay.gateway.authentication;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.patchbay.gateway.authentication.lockout.LockoutSettings;
import org.patchbay.gateway.authentication.lockout.TrustedProxies;
import org.patchbay.gateway.authentication.password.Password;
import org.patchbay.gateway.authentication.token.TokenSettings;

/**
 * Who may come in.
 *
 * @param users the API users' passwords by name
 * @param tokens which tokens API users may bring
 * @param preAuthenticated whether the header of a trusted proxy is believed
 * @param verifiedLifetime how long a verified password need not be hashed again
 */
public record AuthenticationConfig(
        Map<String, Password> users,
        TokenSettings tokens,
        DevopsSettings devops,
        boolean preAuthenticated,
        Duration verifiedLifetime,
        LockoutSettings lockout,
        TrustedProxies proxies) {

    private static final String USERS = "patchbay.gateway.users";

    public AuthenticationConfig {
        users = Map.copyOf(users);
    }

    public static AuthenticationConfig of(Config config) {
        String section = "ditto.gateway.authentication";
        return new AuthenticationConfig(
                users(config.getString(USERS)),
                TokenSettings.of(config, section + ".oauth"),
                DevopsSettings.of(config),
                config.getBoolean(section + ".pre-authentication.enabled"),
                config.getDuration("patchbay.gateway.verified-password-lifetime"),
                LockoutSettings.of(config),
                TrustedProxies.of(config));
    }

    /** Whether anybody may come in by a token. */
    public boolean acceptsTokens() {
        return !tokens.issuers().isEmpty() || !devops.tokens().issuers().isEmpty();
    }

    /** Reads {@code name:password,…}; a password may hold colons but no comma. */
    static Map<String, Password> users(String text) {
        Map<String, Password> users = new LinkedHashMap<>();
        for (String entry : text.split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            int colon = entry.indexOf(':');
            if (colon < 1 || colon == entry.length() - 1) {
                throw new ConfigException.BadValue(
                        USERS,
                        "must be name:password pairs separated by commas (environment variable"
                                + " PATCHBAY_USERS)");
            }
            users.put(entry.substring(0, colon).strip(), Password.of(entry.substring(colon + 1)));
        }
        return users;
    }
}
