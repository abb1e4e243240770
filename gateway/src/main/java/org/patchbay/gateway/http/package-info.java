/**
 * HTTP as the resources see it. {@link org.patchbay.gateway.http.Router} takes a request through
 * the table of {@link org.patchbay.gateway.http.Route}s: find, authenticate, read the body, handle,
 * answer. {@link org.patchbay.gateway.http.Exchange} is one request on its way; {@link
 * org.patchbay.gateway.http.Answers} are the only answers, {@link
 * org.patchbay.gateway.http.Refusals} the gateway's own errors.
 *
 * <p>Knows nothing of connections, twins and policies.
 */
@NullMarked
package org.patchbay.gateway.http;

import org.jspecify.annotations.NullMarked;
