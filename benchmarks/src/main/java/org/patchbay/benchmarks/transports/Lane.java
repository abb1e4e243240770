package org.patchbay.benchmarks.transports;

import java.io.IOException;
import java.util.Map;
import org.patchbay.benchmarks.load.Ends;
import org.patchbay.benchmarks.transports.ends.Way;

/** One type of connection on a broker of its own. */
interface Lane extends AutoCloseable {

    /** Makes what messages pass, once the broker runs. */
    default void prepare() throws Exception {}

    /** What the messages come from and go to, in words. */
    String broker();

    int port();

    /** The way through Patchbay. */
    default Way patchbay() {
        return new Way("patchbay.in", "patchbay.out");
    }

    /** The way through the bare loop. */
    default Way bare() {
        return new Way("bare.in", "bare.out");
    }

    /** Somebody else at the broker, who sends to where a way begins and hears where it ends. */
    Ends ends(Way way) throws Exception;

    /** The connection that consumes where the way through Patchbay begins. */
    String source();

    /** The connection that publishes where it ends. */
    String target();

    /** What Patchbay has to be told for connections of the type. */
    default Map<String, String> settings() {
        return Map.of();
    }

    @Override
    void close() throws IOException;
}
