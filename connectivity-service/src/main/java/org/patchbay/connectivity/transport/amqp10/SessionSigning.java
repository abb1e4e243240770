package org.patchbay.connectivity.transport.amqp10;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An algorithm of credentials of type {@code hmac} for AMQP 1.0: makes logins that a shared key
 * signs. One instance serves all connections, from any thread.
 */
public interface SessionSigning {

    /**
     * A login for a link that is made now. Before it expires the link is made anew with another
     * one.
     *
     * @param parameters of the connection's credentials
     * @throws IllegalArgumentException that names a parameter that is missing or wrong
     */
    Login login(JsonNode parameters, Instant now);
}
