package org.patchbay.cluster.devops;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a node can be asked by an operator. */
public sealed interface DevOpsCommand {

    /** Answered with the node's name alone. */
    record Identify() implements DevOpsCommand {}

    /**
     * @param loggers the ones asked for; empty for all that have a level of their own
     * @param disabled whether those that are off are told, too
     */
    record RetrieveLoggerConfig(List<String> loggers, boolean disabled) implements DevOpsCommand {
        public RetrieveLoggerConfig {
            loggers = List.copyOf(loggers);
        }
    }

    /**
     * @param level one of {@link LogLevels#NAMES}
     */
    record ChangeLogLevel(String logger, String level) implements DevOpsCommand {}

    /**
     * @param path into the configuration; empty for the whole of it
     */
    record RetrieveConfig(String path) implements DevOpsCommand {}

    record RetrieveHealth() implements DevOpsCommand {}

    /** Has the node refuse what is sent to things and policies of a namespace, until then. */
    record BlockNamespace(String namespace, Instant until) implements DevOpsCommand {}

    record UnblockNamespace(String namespace) implements DevOpsCommand {}

    /** Stops the things and policies of a namespace that run on the node. */
    record StopNamespace(String namespace) implements DevOpsCommand {}

    /**
     * Erases all things and policies of a namespace: for one node to carry out. They are stopped
     * everywhere before, and blocked until they are gone.
     */
    record PurgeNamespace(String namespace) implements DevOpsCommand {}

    /**
     * A command on its way to a node.
     *
     * @param service for which the node is asked: it may offer several
     * @param instance the only node that is to carry it out; null for each that gets it
     */
    record Sent(
            DevOpsCommand command,
            Service service,
            @Nullable String instance,
            ActorRef<Answered> replyTo) {}

    /**
     * A node's answer.
     *
     * @param instance the node's name
     * @param json null where another node was meant
     */
    record Answered(String instance, @Nullable JsonNode json) {}
}
