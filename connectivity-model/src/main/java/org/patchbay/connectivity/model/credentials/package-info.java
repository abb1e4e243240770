/**
 * How a connection proves who it is: credentials, secrets that do not show themselves, and PEM.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.credentials.Credentials}. Nothing here
 * connects or signs: that is for the service.
 */
@NullMarked
package org.patchbay.connectivity.model.credentials;

import org.jspecify.annotations.NullMarked;
