@NullMarked
package org.patchbay.connectivity.hono;

import org.jspecify.annotations.NullMarked;
