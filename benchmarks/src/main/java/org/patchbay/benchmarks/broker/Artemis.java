package org.patchbay.benchmarks.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** Artemis in this JVM, with messages kept on disk and queues made by whoever names them. */
public final class Artemis implements Broker {

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final Path folder;
    private final int port;

    private Artemis(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    public static Artemis start() throws Exception {
        Artemis broker =
                new Artemis(Files.createTempDirectory("patchbay-broker"), BrokerProcess.freePort());
        var _ = broker.server.setConfiguration(broker.config()).start();
        return broker;
    }

    private Configuration config() throws Exception {
        return new ConfigurationImpl()
                .setName("figures")
                .setJMXManagementEnabled(false)
                .setSecurityEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP");
    }

    @Override
    public String name() {
        return "Artemis in the load's process";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("Artemis does not stop", e);
        }
        BrokerProcess.delete(folder);
    }
}
