/** HTTP push against a real server, and through a real proxy. */
@NullMarked
package org.patchbay.connectivity.transport.http;

import org.jspecify.annotations.NullMarked;
