package org.patchbay.connectivity.ids;

import java.util.List;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery;

class IdsVocabularyTest implements WireContract {

    @Override
    public WireVocabulary vocabulary() {
        return new IdsVocabulary();
    }

    @Override
    public List<Object> samples(Refs refs) {
        return List.of(
                new ConnectionIdsQuery.All(),
                new ConnectionIdsQuery.ByTag("tag"),
                new ConnectionIdsQuery.Page("a", 10),
                new ConnectionIdsQuery.Page(null, 10),
                new ConnectionIdsQuery.Ids(List.of("a", "b")),
                new IdsMessage.Peek(),
                new IdsMessage.AwaitBuilt(),
                new IdsMessage.Noted(),
                new IdsMessage.Present("id", 3, true, List.of("tag")),
                new IdsMessage.Gone("id", 4),
                new IdsMessage.Erased("id"));
    }
}
