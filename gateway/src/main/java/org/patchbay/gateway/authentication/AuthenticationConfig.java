package org.patchbay.gateway.authentication;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who may come in.
 *
 * @param users the API users' passwords by name
 * @param devops the password of the user devops
 * @param status a further password of that user that opens no more than the status
 * @param devopsSecured whether devops resources want the user devops at all
 * @param statusSecured whether the details of the status want it
 * @param preAuthenticated whether the header of a trusted proxy is believed
 * @param verifiedLifetime how long a verified password need not be hashed again
 */
public record AuthenticationConfig(
        Map<String, Password> users,
        Password devops,
        Password status,
        boolean devopsSecured,
        boolean statusSecured,
        boolean preAuthenticated,
        Duration verifiedLifetime) {

    private static final String USERS = "patchbay.gateway.users";

    public AuthenticationConfig {
        users = Map.copyOf(users);
    }

    public static AuthenticationConfig of(Config config) {
        Config authentication = config.getConfig("ditto.gateway.authentication");
        String devops = authentication.getString("devops.password");
        if (devops.isEmpty()) {
            throw new ConfigException.BadValue(
                    "ditto.gateway.authentication.devops.password",
                    "must not be empty (environment variable DEVOPS_PASSWORD)");
        }
        String status = authentication.getString("devops.statusPassword");
        return new AuthenticationConfig(
                users(config.getString(USERS)),
                Password.of(devops),
                Password.of(status.isEmpty() ? devops : status),
                authentication.getBoolean("devops.secured"),
                authentication.getBoolean("devops.status-secured"),
                authentication.getBoolean("pre-authentication.enabled"),
                config.getDuration("patchbay.gateway.verified-password-lifetime"));
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
