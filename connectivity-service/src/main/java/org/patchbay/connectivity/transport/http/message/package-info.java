/**
 * What of a message goes into its request, and what of an answer comes back: addresses, headers,
 * redirects, and the result of publishing.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.http.message.UriPrefix} and {@code
 * Results}. Nothing in here sends anything.
 */
@NullMarked
package org.patchbay.connectivity.transport.http.message;

import org.jspecify.annotations.NullMarked;
