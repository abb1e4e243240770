package org.patchbay.cluster.label;

import java.util.List;
import java.util.Set;
import org.patchbay.cluster.label.LabelMessage.Answer;
import org.patchbay.cluster.label.LabelMessage.Claim;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireVocabulary;

class LabelVocabularyTest implements WireContract {

    @Override
    public WireVocabulary vocabulary() {
        return new LabelVocabulary();
    }

    @Override
    public List<Object> samples(Refs refs) {
        return List.of(
                new LabelMessage.Asks(
                        refs.ref("labels"),
                        List.of(
                                new Claim(7, "connection:alarms", Set.of("alarms:stored"), false),
                                new Claim(8, "session:1", Set.of("seen", "read"), true))),
                new LabelMessage.Answers(
                        refs.ref("labels"),
                        List.of(new Answer(7, "alarms:stored"), new Answer(8, null))));
    }
}
