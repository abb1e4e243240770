package org.patchbay.connectivity.transport;

/** What a link tells the client actor unasked; called from any thread, never blocks. */
public interface LinkEvents {

    /** The link is gone; told once, and only of a link that had been made. */
    void lost(Failure failure);

    /**
     * A message was not handed on.
     *
     * @param address where it had been received
     */
    void dropped(String address, String reason);
}
