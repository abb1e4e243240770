package org.patchbay.connectivity.transport.kafka;

/** What a client does with the topics of its sources. */
enum Access {

    /** Joins the group, takes messages, and publishes. */
    CONSUME,

    /** Only asks whether topics and group may be used: who joins a group takes partitions away. */
    LOOK
}
