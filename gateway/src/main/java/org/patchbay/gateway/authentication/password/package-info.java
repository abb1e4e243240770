/**
 * Passwords: {@link org.patchbay.gateway.authentication.password.Password} compares, {@link
 * org.patchbay.gateway.authentication.password.VerifiedPasswords} remembers what was compared.
 *
 * <p>Knows nothing of users and requests.
 */
@NullMarked
package org.patchbay.gateway.authentication.password;

import org.jspecify.annotations.NullMarked;
