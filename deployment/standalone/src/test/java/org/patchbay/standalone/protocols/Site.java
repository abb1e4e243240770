package org.patchbay.standalone.protocols;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the example of a page connects to, and somebody else there. */
interface Site extends AutoCloseable {

    /** Where the example finds it: {@code host:port}. */
    String authority();

    /** What the installation has to be told, as the page says; mostly nothing. */
    default String settings() {
        return "";
    }

    /** Creates what the page says has to be there before. */
    void prepare(ObjectNode example);

    /** From now on, what is published to an address of a target. */
    void hear(String address);

    /** The payloads that were heard. */
    List<String> heard();

    /** Returns when it has been taken. */
    void send(String address, String payload);

    /** As a device whose messages say which thing it is, where messages of the type do. */
    default void sendAs(String device, String address, String payload) {
        send(address, payload);
    }

    @Override
    void close();
}
