package org.patchbay.cluster.store;

import com.typesafe.config.ConfigFactory;
import java.util.Objects;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.patchbay.cluster.node.Node;

class PostgresqlDocumentsIT implements StoredDocumentsContract {

    private static @Nullable PostgresServer server;
    private static @Nullable ActorTestKit kit;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.startedOrSkipped();
        var config =
                Node.config(
                        ConfigFactory.parseString(
                                server.config()
                                        + ", pekko { actor.provider = local, loglevel = WARNING }"));
        StoreSettings.of(config).prepare();
        kit = ActorTestKit.create(config);
    }

    @AfterAll
    static void stop() {
        if (kit != null) {
            kit.shutdownTestKit();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    public ActorSystem<?> node() {
        return Objects.requireNonNull(kit).system();
    }
}
