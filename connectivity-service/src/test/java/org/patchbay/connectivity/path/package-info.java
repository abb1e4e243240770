@NullMarked
package org.patchbay.connectivity.path;

import org.jspecify.annotations.NullMarked;
