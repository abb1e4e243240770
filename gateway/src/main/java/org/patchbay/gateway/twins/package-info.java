/**
 * Things, policies and live messages over HTTP. {@link org.patchbay.gateway.twins.ThingRoutes},
 * {@link org.patchbay.gateway.twins.PolicyRoutes} and {@link
 * org.patchbay.gateway.twins.MessageRoutes} are the tables of resources; {@code SignalReader} makes
 * a request a signal, {@code Twins} sends it and waits for what it is owed, {@code SignalAnswers}
 * makes what comes back an HTTP answer.
 *
 * <p>What a document may hold and who may see it is decided by the twin, not here.
 */
@NullMarked
package org.patchbay.gateway.twins;

import org.jspecify.annotations.NullMarked;
