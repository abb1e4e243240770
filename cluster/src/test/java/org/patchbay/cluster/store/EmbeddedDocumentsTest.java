package org.patchbay.cluster.store;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterAll;

class EmbeddedDocumentsTest implements StoredDocumentsContract {

    private static final ActorTestKit KIT = ActorTestKit.create(FreshStore.config());

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Override
    public ActorSystem<?> node() {
        return KIT.system();
    }
}
