/** Tables of what goes into a request. */
@NullMarked
package org.patchbay.connectivity.transport.http.message;

import org.jspecify.annotations.NullMarked;
