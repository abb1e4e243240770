package org.patchbay.connectivity.transport.amqp091;

/** What a client does with the queues of its sources. */
enum QueueAccess {

    /** Takes their messages. */
    CONSUME,

    /** Only asks whether they are there: what it took would be missing to others for a while. */
    LOOK
}
