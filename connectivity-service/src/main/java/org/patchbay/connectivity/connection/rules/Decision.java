package org.patchbay.connectivity.connection.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.protocol.Problem;

/** What to store, what to do and what to answer. */
public record Decision(Optional<ConnectionEvent> event, List<SideEffect> effects, Answer answer) {

    public Decision {
        effects = List.copyOf(effects);
    }

    static Decision reply(ConnectionReply reply) {
        return answer(new Answer.Now(reply));
    }

    static Decision reject(Problem problem) {
        return reply(new ConnectionReply.Failed(problem));
    }

    static Decision answer(Answer answer) {
        return new Decision(Optional.empty(), List.of(), answer);
    }

    static Decision persist(ConnectionEvent event, Answer answer) {
        return new Decision(Optional.of(event), List.of(), answer);
    }

    Decision then(SideEffect effect) {
        List<SideEffect> more = new ArrayList<>(effects);
        more.add(effect);
        return new Decision(event, more, answer);
    }
}
