package org.patchbay.benchmarks.transports;

import jakarta.jms.JMSException;
import java.io.IOException;
import org.patchbay.benchmarks.broker.Artemis;
import org.patchbay.benchmarks.broker.Broker;
import org.patchbay.benchmarks.load.Ends;
import org.patchbay.benchmarks.transports.ends.Amqp10Ends;
import org.patchbay.benchmarks.transports.ends.Way;

/** AMQP 1.0: from a queue to another. */
record Amqp10Lane(Broker server, ConnectionText text) implements Lane {

    static Amqp10Lane start() throws Exception {
        Broker broker = Artemis.start();
        String uri = "amqp://127.0.0.1:" + broker.port();
        return new Amqp10Lane(broker, new ConnectionText("amqp-10", uri, "", ""));
    }

    @Override
    public String broker() {
        return server.name();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public Ends ends(Way way) throws JMSException {
        return new Amqp10Ends(server.port(), way);
    }

    @Override
    public String source() {
        return text.source(patchbay().in());
    }

    @Override
    public String target() {
        return text.target(patchbay().out());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
