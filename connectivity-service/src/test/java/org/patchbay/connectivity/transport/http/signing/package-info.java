/** Tables of what goes into a request. */
@NullMarked
package org.patchbay.connectivity.transport.http.signing;

import org.jspecify.annotations.NullMarked;
