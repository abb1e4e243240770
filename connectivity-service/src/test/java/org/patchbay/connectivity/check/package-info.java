@NullMarked
package org.patchbay.connectivity.check;

import org.jspecify.annotations.NullMarked;
