/**
 * HTTP push on Pekko HTTP's client: messages leave as requests, answers are acknowledgements.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.http.HttpTransportClient}; {@code
 * Exchange} is one message's way to its answer, over a lane of {@code wire}. Whom a request shows
 * is in {@code Authentication}, with {@code signing} and {@code oauth}. What an answer means to
 * whoever waits for one is said where the message is published, not here.
 */
@NullMarked
package org.patchbay.connectivity.transport.http;

import org.jspecify.annotations.NullMarked;
