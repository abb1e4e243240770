package org.patchbay.mapper;

import java.util.List;
import org.patchbay.protocol.Signal;

/**
 * Two functions: an external message to signals, and a signal to external messages. An empty list
 * drops the message. Whatever they throw, the message is not mapped, and the exception's message is
 * told as the reason to who sent it and in the connection's log; a {@link
 * org.patchbay.protocol.ProblemException} gives the error its code as well.
 *
 * <p>A mapper belongs to one source or target of one connection and is called by one thread at a
 * time, though not always by the same one. Those that are not Patchbay's own run on the threads of
 * scripts, so that they may take their time, but nobody can cut them off: they have to end.
 */
public interface PayloadMapper {

    /** What a broker delivered, as Ditto Protocol. */
    List<Signal> inbound(ExternalMessage message);

    /** What leaves, as it is to be published: the payload, and headers with its content type. */
    List<ExternalMessage> outbound(Signal signal);
}
