package org.patchbay.gateway.documents;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How documents are fetched.
 *
 * @param timeout for one document, all in all
 * @param certificates files of certificates that are trusted besides the Java runtime's
 */
public record FetchSettings(Duration timeout, @Nullable Proxy proxy, List<Path> certificates) {

    private static final String PROXY = "ditto.gateway.authentication.http.proxy";
    private static final String KEYS = "patchbay.gateway.issuer-keys";
    private static final String STORES = "ssl-config.trustManager.stores";

    /** A proxy that is asked to connect; it may want a user and a password. */
    public record Proxy(String host, int port, String user, String password) {

        public Proxy {
            check(!host.isBlank(), PROXY + ".hostname", "a host, as the proxy is enabled");
            check(port > 0 && port <= 65_535, PROXY + ".port", "a port from 1 to 65535");
        }

        /** Without the password. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    public FetchSettings {
        check(
                !timeout.isNegative() && !timeout.isZero(),
                KEYS + ".fetch-timeout",
                "a positive duration");
        certificates = List.copyOf(certificates);
    }

    public static FetchSettings of(Config config) {
        return new FetchSettings(
                config.getDuration(KEYS + ".fetch-timeout"), proxy(config), certificates(config));
    }

    private static @Nullable Proxy proxy(Config config) {
        Config section = config.getConfig(PROXY);
        return section.getBoolean("enabled")
                ? new Proxy(
                        section.getString("hostname"),
                        section.getInt("port"),
                        section.getString("username"),
                        section.getString("password"))
                : null;
    }

    /** Our own setting, and the one that operators of Ditto know. */
    private static List<Path> certificates(Config config) {
        List<Path> files = new ArrayList<>();
        String own = config.getString(KEYS + ".certificates");
        if (!own.isBlank()) {
            files.add(Path.of(own.strip()));
        }
        if (config.hasPath(STORES) && config.getValue(STORES).valueType() == ConfigValueType.LIST) {
            for (Config store : config.getConfigList(STORES)) {
                if (store.hasPath("path")) {
                    check(
                            !store.hasPath("type")
                                    || store.getString("type").equalsIgnoreCase("PEM"),
                            STORES,
                            "stores of the type PEM; the Java runtime's own is set with"
                                    + " -Djavax.net.ssl.trustStore");
                    files.add(Path.of(store.getString("path")));
                }
            }
        }
        // Read once at the start, too: a file that is missing should be told then.
        Trust.check(files, KEYS + ".certificates");
        return files;
    }

    private static void check(boolean holds, String key, String allowed) {
        if (!holds) {
            throw new ConfigException.BadValue(key, "must be " + allowed);
        }
    }
}
