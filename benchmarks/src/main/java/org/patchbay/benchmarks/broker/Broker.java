package org.patchbay.benchmarks.broker;

import java.io.IOException;

/** A broker on a free port of the loopback interface, for as long as it is open. */
public interface Broker extends AutoCloseable {

    String name();

    int port();

    @Override
    void close() throws IOException;
}
