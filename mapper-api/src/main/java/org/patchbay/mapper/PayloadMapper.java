package org.patchbay.mapper;

import java.util.List;
import org.patchbay.protocol.Signal;

/**
 * Two functions: an external message to signals, and a signal to external messages. An empty list
 * drops the message. Throws {@link org.patchbay.protocol.ProblemException} with what is wrong and
 * where.
 *
 * <p>Called by one thread at a time; scripts run on threads of their own, so a mapper may take its
 * time within its documented limit.
 */
public interface PayloadMapper {

    List<Signal> inbound(ExternalMessage message);

    List<ExternalMessage> outbound(Signal signal);
}
