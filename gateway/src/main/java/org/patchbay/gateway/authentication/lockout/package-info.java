/**
 * Against guessing. {@link org.patchbay.gateway.authentication.lockout.Lockout} counts wrong tries
 * for a user and a client address; {@link
 * org.patchbay.gateway.authentication.lockout.TrustedProxies} finds the client address.
 *
 * <p>Does not know what is tried: passwords and tokens are counted alike.
 */
@NullMarked
package org.patchbay.gateway.authentication.lockout;

import org.jspecify.annotations.NullMarked;
