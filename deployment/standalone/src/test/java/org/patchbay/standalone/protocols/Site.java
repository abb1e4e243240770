package org.patchbay.standalone.protocols;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the example of a page connects to, and somebody else there. */
interface Site extends AutoCloseable {

    /** Where the example finds it: {@code host:port}. */
    String authority();

    /** Creates what the page says has to be there before. */
    void prepare(ObjectNode example);

    /** From now on, what is published to an address of a target. */
    void hear(String address);

    /** The payloads that were heard. */
    List<String> heard();

    /** Returns when it has been taken. */
    void send(String address, String payload);

    @Override
    void close();
}
