package org.patchbay.things.document;

import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.JsonPointer;

/** Paths of commands as users write them: a slash at the end means nothing. */
public final class Paths {

    private Paths() {}

    public static boolean hasTrailingSlash(JsonPointer path) {
        return path.depth() > 0 && path.segments().getLast().isEmpty();
    }

    /** The request without the slash, which its answer and its event leave out too. */
    public static SignalRequest withoutTrailingSlash(SignalRequest request) {
        Signal signal = request.signal();
        JsonPointer path = signal.path();
        Signal plain =
                new Signal(
                        signal.topic(),
                        path.first(path.depth() - 1),
                        signal.headers(),
                        signal.value(),
                        signal.fields(),
                        signal.status(),
                        signal.extra(),
                        signal.revision(),
                        signal.timestamp());
        return new SignalRequest(plain, request.by(), request.origin(), request.acknowledgements());
    }
}
