package org.patchbay.connectivity.broker;

import org.jspecify.annotations.Nullable;

/** What brokers of AMQP 0.9.1 have in common; {@code guest} may do everything but one thing. */
public interface Amqp091Broker extends TestBroker {

    String FORBIDDEN = "forbidden";
    String GUEST = "guest";

    @Override
    default String scheme() {
        return "amqp";
    }

    @Override
    default @Nullable String forbiddenAddress() {
        return FORBIDDEN;
    }
}
