package org.patchbay.connectivity.transport.http.wire;

import com.typesafe.config.Config;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.credentials.Secret;

/**
 * A proxy that all requests go through.
 *
 * @param username empty where the proxy asks for none
 */
public record ProxySettings(String host, int port, String username, Secret password) {

    private static final int PORT_MAX = 65_535;

    /**
     * Reads a section; null where it is switched off.
     *
     * @throws IllegalArgumentException that names the setting that is wrong
     */
    public static @Nullable ProxySettings of(Config root, String path) {
        Config section = root.getConfig(path);
        if (!section.getBoolean("enabled")) {
            return null;
        }
        String host = section.getString("hostname").strip();
        if (host.isEmpty()) {
            throw new IllegalArgumentException(
                    path + ".hostname is missing, though " + path + ".enabled is true");
        }
        String port = section.getString("port").strip();
        if (!port.matches("\\d{1,5}")
                || Integer.parseInt(port) < 1
                || Integer.parseInt(port) > PORT_MAX) {
            throw new IllegalArgumentException(
                    path + ".port must be from 1 to " + PORT_MAX + ", not '" + port + "'");
        }
        return new ProxySettings(
                host,
                Integer.parseInt(port),
                section.getString("username"),
                new Secret(section.getString("password")));
    }

    /** What the proxy is told of whom it serves; null where it does not ask. */
    @Nullable String authorization() {
        if (username.isEmpty()) {
            return null;
        }
        byte[] user = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(user);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
