@NullMarked
package org.patchbay.connectivity.connection.wire;

import org.jspecify.annotations.NullMarked;
