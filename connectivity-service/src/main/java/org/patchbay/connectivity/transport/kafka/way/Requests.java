package org.patchbay.connectivity.transport.kafka.way;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/** Sees the requests of one connection go by, and remembers those whose answers are looked into. */
final class Requests {

    /** Length, api, version, correlation id. */
    private static final int HEAD_BYTES = 12;

    /** What the length does not count. */
    private static final int LENGTH_BYTES = 4;

    private final ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    private final Map<Integer, Request> awaited = new HashMap<>();
    private int left;

    record Request(ApiKeys api, short version) {}

    void see(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (left > 0) {
                int passed = Math.min(left, bytes.remaining());
                bytes.position(bytes.position() + passed);
                left -= passed;
            } else {
                head.put(bytes.get());
                if (!head.hasRemaining()) {
                    begin(head.flip());
                    head.clear();
                }
            }
        }
    }

    private void begin(ByteBuffer request) {
        left = request.getInt() + LENGTH_BYTES - HEAD_BYTES;
        short api = request.getShort();
        short version = request.getShort();
        if (Addresses.areIn(api)) {
            awaited.put(request.getInt(), new Request(ApiKeys.forId(api), version));
        }
    }

    /** The one that is answered now; null where the answer is not looked into. */
    @Nullable Request answered(int correlationId) {
        return awaited.remove(correlationId);
    }
}
