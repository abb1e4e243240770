package org.patchbay.cluster.health;

import com.typesafe.config.Config;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;

/** The health of this node: parts that services register, asked when somebody wants to know. */
public interface Health {

    enum Status {
        UP,
        DOWN
    }

    /** One part, such as the store or the cluster membership; with a reason where it is down. */
    record Part(Status status, String detail) {

        public static final Part UP = new Part(Status.UP, "");

        public static Part down(String detail) {
            return new Part(Status.DOWN, detail);
        }
    }

    /**
     * Reads the settings, so that a wrong one is told before anything starts.
     *
     * @throws com.typesafe.config.ConfigException that says which setting it is and what is allowed
     */
    static void checkSettings(Config config) {
        HealthSettings.of(config);
    }

    static Health of(ActorSystem<?> system) {
        return NodeHealth.of(system);
    }

    /** Adds a part, or replaces the one of this name. */
    void register(String part, Supplier<CompletionStage<Part>> check);

    /** All parts, by name; one that fails or does not answer in time is down. */
    CompletionStage<Map<String, Part>> check();

    /** Whether all parts are up, and there are some. */
    static boolean isUp(Map<String, Part> parts) {
        return !parts.isEmpty()
                && parts.values().stream().allMatch(part -> part.status() == Status.UP);
    }
}
