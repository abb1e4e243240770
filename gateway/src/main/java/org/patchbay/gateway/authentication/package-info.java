/**
 * Who sends a request. {@link org.patchbay.gateway.authentication.Authentication} holds, for each
 * audience, the ways to authenticate as a table; another way is another {@link
 * org.patchbay.gateway.authentication.Authenticator} in it.
 *
 * <p>What a user may do is not decided here but by policies. Passwords don't leave this package.
 */
@NullMarked
package org.patchbay.gateway.authentication;

import org.jspecify.annotations.NullMarked;
