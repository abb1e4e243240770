@NullMarked
package org.patchbay.connectivity.ids;

import org.jspecify.annotations.NullMarked;
