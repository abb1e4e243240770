package org.patchbay.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Where messages go in, and where what comes of them is heard. */
public interface Ends extends AutoCloseable {

    /** Whom to tell of what is heard from now on; called once, before anything is sent. */
    void hear(Consumer<ByteBuffer> payloads) throws Exception;

    /** Returns without waiting for anybody to take the message; called by one thread. */
    void send(int number, byte[] payload) throws Exception;

    @Override
    void close();
}
