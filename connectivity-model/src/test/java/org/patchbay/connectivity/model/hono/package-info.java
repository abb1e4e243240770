@NullMarked
package org.patchbay.connectivity.model.hono;

import org.jspecify.annotations.NullMarked;
