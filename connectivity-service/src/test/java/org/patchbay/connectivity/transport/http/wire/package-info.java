/** What is known of an address before anything is sent there. */
@NullMarked
package org.patchbay.connectivity.transport.http.wire;

import org.jspecify.annotations.NullMarked;
