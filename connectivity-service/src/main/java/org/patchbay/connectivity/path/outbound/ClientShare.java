package org.patchbay.connectivity.path.outbound;

import java.nio.charset.StandardCharsets;

/**
 * Which of several clients of one connection publishes the signals of an entity: each computes the
 * same answer by itself (rendezvous hashing), so that one and only one does.
 */
public record ClientShare(int clientIndex, int clientCount) {

    boolean holds(String entityId) {
        return owner(entityId, clientCount) == clientIndex;
    }

    /** The index of the client that publishes the signals of an entity. */
    public static int owner(String entityId, int clientCount) {
        if (clientCount <= 1) {
            return 0;
        }
        int owner = 0;
        long highest = Long.MIN_VALUE;
        for (int client = 0; client < clientCount; client++) {
            long weight = weight(entityId, client);
            if (weight > highest) {
                highest = weight;
                owner = client;
            }
        }
        return owner;
    }

    private static long weight(String entityId, int client) {
        long hash = 0xcbf29ce484222325L ^ client * 0x9e3779b97f4a7c15L;
        for (byte b : entityId.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }
}
