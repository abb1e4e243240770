package org.patchbay.connectivity.transport.amqp10;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/** As whom the links of one connection log in. */
final class Logins {

    private static final Secret NO_PASSWORD = new Secret("");

    private final Connection connection;
    private final Map<String, SessionSigning> algorithms;

    Logins(Connection connection, Map<String, SessionSigning> algorithms) {
        this.connection = connection;
        this.algorithms = algorithms;
    }

    /**
     * For a link that is made now; null where the connection names no user.
     *
     * @throws Failure where the credentials can't be used
     */
    @Nullable Login now(Endpoint endpoint, Instant now) {
        if (connection.credentials() instanceof Credentials.Hmac hmac) {
            return signed(hmac, now);
        }
        String username = endpoint.username();
        Secret password = endpoint.password();
        return username == null
                ? null
                : new Login(username, password == null ? NO_PASSWORD : password, null);
    }

    private Login signed(Credentials.Hmac hmac, Instant now) {
        SessionSigning algorithm = algorithms.get(hmac.algorithm());
        if (algorithm == null) {
            throw Failure.byUser(
                            "The algorithm '"
                                    + hmac.algorithm()
                                    + "' of the credentials is not among those for AMQP 1.0: "
                                    + String.join(", ", algorithms.keySet())
                                    + ".",
                            null)
                    .in(Layer.CONFIGURATION);
        }
        try {
            return algorithm.login(hmac.parameters(), now);
        } catch (IllegalArgumentException e) {
            throw Failure.byUser(String.valueOf(e.getMessage()), e).in(Layer.CONFIGURATION);
        }
    }
}
