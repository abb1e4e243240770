package org.patchbay.cluster;

import java.util.List;

/**
 * Signals for one thing that travel together. The thing takes them in order, each as if it came
 * alone, stores what they change at once, and answers with {@link SignalAnswers}. Who gets no
 * answer sends the window again.
 */
public record SignalWindow(List<SignalRequest> requests) {

    public SignalWindow {
        requests = List.copyOf(requests);
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("A window holds at least one signal");
        }
    }
}
