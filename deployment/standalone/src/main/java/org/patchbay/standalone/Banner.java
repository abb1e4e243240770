package org.patchbay.standalone;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.patchbay.cluster.store.StoreSettings;

/** What the program says when it is ready. */
final class Banner {

    private static final String DEFAULT_DEVOPS_PASSWORD = "foobar";
    private static final String DEFAULT_USERS = "ditto:ditto";

    private Banner() {}

    static String of(Settings settings, InetSocketAddress listening) {
        String url = url(listening);
        String devopsPassword =
                settings.all().getString("ditto.gateway.authentication.devops.password");
        String users = settings.all().getString("patchbay.gateway.users");
        boolean defaultDevops = devopsPassword.equals(DEFAULT_DEVOPS_PASSWORD);
        boolean defaultUsers = users.equals(DEFAULT_USERS);
        return """

        Patchbay is ready.
          HTTP       %s
          Data       %s
          Store      %s
          Passwords  %s
          Try        curl -u devops:%s %s/api/2/connections
        """
                .formatted(
                        url,
                        settings.data(),
                        store(settings.store()),
                        passwords(defaultDevops, defaultUsers),
                        defaultDevops ? DEFAULT_DEVOPS_PASSWORD : "$DEVOPS_PASSWORD",
                        url);
    }

    /** An address that a browser on this machine can open. */
    static String url(InetSocketAddress listening) {
        InetAddress address = listening.getAddress();
        String host =
                address == null || address.isAnyLocalAddress()
                        ? "localhost"
                        : address.getHostAddress();
        return "http://"
                + (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + listening.getPort();
    }

    private static String store(StoreSettings store) {
        return switch (store) {
            case StoreSettings.Embedded embedded ->
                    "embedded (" + embedded.file().getFileName() + ")";
            case StoreSettings.Postgresql _ -> "postgresql";
        };
    }

    private static String passwords(boolean defaultDevops, boolean defaultUsers) {
        if (defaultDevops && defaultUsers) {
            return "DEFAULT ones are in use: set DEVOPS_PASSWORD and PATCHBAY_USERS before others can reach this";
        }
        if (defaultDevops) {
            return "the DEFAULT one of devops is in use: set DEVOPS_PASSWORD before others can reach this";
        }
        return defaultUsers
                ? "the DEFAULT one of ditto is in use: set PATCHBAY_USERS before others can reach this"
                : "as configured";
    }
}
