package org.patchbay.cluster.wire;

import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.patchbay.protocol.json.Json;

/**
 * Writes wire types as JSON under their explicit names: to the journal, to snapshots and to other
 * nodes alike. {@link WireBindings} tells Pekko which classes come here.
 */
public final class WireSerializer extends SerializerWithStringManifest {

    /** Stored with every event, so it never changes. */
    private static final int IDENTIFIER = 72_824_229;

    private final WireCodec codec;

    public WireSerializer(ExtendedActorSystem system) {
        // Looked up when needed: the resolver is not there yet while the system starts.
        this.codec =
                new WireCodec(
                        WireTypes.onClassPath(),
                        ref -> resolver(system).toSerializationFormat(ref),
                        text -> resolver(system).resolveActorRef(text));
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object value) {
        return codec.nameOf(value);
    }

    @Override
    public byte[] toBinary(Object value) {
        return Json.writeBytes(codec.write(value));
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        if (WireTypes.onClassPath().named(manifest) == null) {
            // Pekko logs and drops it: during a rolling update an old node meets what it does not
            // know.
            throw new NotSerializableException("Unknown wire type " + manifest);
        }
        return codec.read(manifest, Json.parse(bytes));
    }

    private static ActorRefResolver resolver(ExtendedActorSystem system) {
        return ActorRefResolver.get(Adapter.toTyped(system));
    }
}
