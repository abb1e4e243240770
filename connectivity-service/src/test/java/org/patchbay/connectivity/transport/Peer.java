package org.patchbay.connectivity.transport;

import java.util.List;

/** Somebody on the other side of the broker, at one address. */
public interface Peer extends AutoCloseable {

    /** Returns when the broker has taken all of them. */
    void send(List<String> payloads);

    /** The payloads that were published there since the peer came, in order. */
    List<String> heard();

    @Override
    void close();
}
