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

    /**
     * The link is up but can't do all that it is for, as when a broker takes no messages for a
     * while.
     *
     * @param what in words for the operator, with the reason
     */
    default void impaired(String what) {}

    /** It can again. */
    default void recovered() {}

    /**
     * The tunnel is open through which the endpoint is reached.
     *
     * @param where in words for the operator
     */
    default void tunnelled(String where) {}
}
