package org.patchbay.connectivity.transport.amqp10.link;

import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.JmsQueue;
import org.apache.qpid.jms.JmsTopic;

/** Addresses of sources and targets: {@code queue://name}, {@code topic://name}, or a queue. */
public final class Destinations {

    private static final String QUEUE = "queue://";
    private static final String TOPIC = "topic://";

    private Destinations() {}

    /** What an address leads to. */
    public static JmsDestination of(String address) {
        if (address.startsWith(TOPIC)) {
            return new JmsTopic(address.substring(TOPIC.length()));
        }
        return new JmsQueue(
                address.startsWith(QUEUE) ? address.substring(QUEUE.length()) : address);
    }
}
