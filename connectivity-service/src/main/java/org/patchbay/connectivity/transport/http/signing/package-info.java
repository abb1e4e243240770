/**
 * Requests signed with a shared key.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.http.signing.RequestSigning}, which
 * algorithms of others implement too; the settings name one class for each algorithm. An algorithm
 * sees the request and the connection's parameters, nothing else.
 */
@NullMarked
package org.patchbay.connectivity.transport.http.signing;

import org.jspecify.annotations.NullMarked;
