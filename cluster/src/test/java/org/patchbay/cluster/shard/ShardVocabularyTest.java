package org.patchbay.cluster.shard;

import java.util.List;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.protocol.Problem;

class ShardVocabularyTest implements WireContract {

    @Override
    public WireVocabulary vocabulary() {
        return new ShardVocabulary();
    }

    @Override
    public List<Object> samples(Refs refs) {
        return List.of(new Ask(Problem.of(404, "code", "Any wire type."), refs.ref("asker")));
    }
}
