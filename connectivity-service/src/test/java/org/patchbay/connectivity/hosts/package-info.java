@NullMarked
package org.patchbay.connectivity.hosts;

import org.jspecify.annotations.NullMarked;
