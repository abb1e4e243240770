@NullMarked
package org.patchbay.connectivity.connection;

import org.jspecify.annotations.NullMarked;
