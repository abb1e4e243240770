package org.patchbay.connectivity.faults;

import java.util.List;

/**
 * Devices and receivers at the broker itself, which no fault of the client's link harms. What is
 * published for them is kept while they are away.
 */
public interface OtherSide extends AutoCloseable {

    /** Returns when the broker has all of them. */
    void send(List<String> payloads);

    /** What was published by the client so far, in order; the same again where it came again. */
    List<String> heard();

    /** Before the broker goes. */
    default void leave() {}

    /** When it is there again. */
    default void comeBack() {}

    @Override
    void close();
}
