package org.patchbay.connectivity.transport.amqp091;

/**
 * Where a message is published: {@code exchange/routingKey}. Without a slash the whole address is
 * the exchange and the routing key is empty, as a fanout exchange wants it; with nothing before the
 * slash it is the default exchange, which knows each queue by its name.
 */
record Destination(String exchange, String routingKey) {

    Destination {
        ShortText.check("the exchange", exchange);
        ShortText.check("the routing key", routingKey);
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException that says what of it is too long
     */
    static Destination of(String address) {
        int slash = address.indexOf('/');
        return slash < 0
                ? new Destination(address, "")
                : new Destination(address.substring(0, slash), address.substring(slash + 1));
    }
}
