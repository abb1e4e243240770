package org.patchbay.cluster.wire;

import com.typesafe.config.Config;
import java.io.NotSerializableException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    public static final int IDENTIFIER = 72_824_229;

    private final WireCodec codec;
    private final Config config;

    /**
     * By the name of the type; made when first needed, because not every node stores everything.
     */
    private final Map<String, StoredForm> storedForms = new ConcurrentHashMap<>();

    public WireSerializer(ExtendedActorSystem system) {
        this.config = system.settings().config();
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
        StoredForm form = storedForm(codec.nameOf(value));
        return Json.writeBytes(form.toStore(codec.write(value)));
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        if (WireTypes.onClassPath().named(manifest) == null) {
            // Pekko logs and drops it: during a rolling update an old node meets what it does not
            // know.
            throw new NotSerializableException("Unknown wire type " + manifest);
        }
        return codec.read(manifest, storedForm(manifest).fromStore(Json.parseOurOwn(bytes)));
    }

    private StoredForm storedForm(String name) {
        return storedForms.computeIfAbsent(
                name,
                _ -> {
                    WireVocabulary vocabulary = WireTypes.onClassPath().vocabularyOf(name);
                    return vocabulary == null ? StoredForm.PLAIN : vocabulary.storedForm(config);
                });
    }

    private static ActorRefResolver resolver(ExtendedActorSystem system) {
        return ActorRefResolver.get(Adapter.toTyped(system));
    }
}
