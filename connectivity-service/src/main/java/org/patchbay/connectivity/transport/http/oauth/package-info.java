/**
 * Bearer tokens of OAuth 2: fetched, kept, and fetched anew before they expire.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.http.oauth.Tokens}. What a token is sent
 * with does not come in here.
 */
@NullMarked
package org.patchbay.connectivity.transport.http.oauth;

import org.jspecify.annotations.NullMarked;
