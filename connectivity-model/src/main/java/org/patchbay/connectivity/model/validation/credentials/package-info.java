/**
 * What can be wrong with the credentials of a connection and with its SSH tunnel.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.validation.credentials.CredentialsChecks}. No
 * finding tells anything of a secret.
 */
@NullMarked
package org.patchbay.connectivity.model.validation.credentials;

import org.jspecify.annotations.NullMarked;
