package org.patchbay.connectivity.transport.amqp10.message;

import org.apache.qpid.jms.tracing.JmsTracer;
import org.apache.qpid.jms.tracing.TraceableMessage;
import org.jspecify.annotations.Nullable;

/**
 * Notes on each message how the broker settled it. An exception alone does not tell whether that
 * was said of the message or of the link it went over.
 */
public final class Outcomes implements JmsTracer {

    @Override
    public void completeSend(TraceableMessage message, @Nullable String outcome) {
        if (message instanceof OutgoingMessage outgoing) {
            outgoing.settledAs(outcome);
        }
    }

    @Override
    public void initSend(TraceableMessage message, String address) {}

    @Override
    public void syncReceive(TraceableMessage message, String address, DeliveryOutcome outcome) {}

    @Override
    public void asyncDeliveryInit(TraceableMessage message, String address) {}

    @Override
    public void asyncDeliveryComplete(
            TraceableMessage message, DeliveryOutcome outcome, Throwable throwable) {}

    @Override
    public void close() {}
}
