@NullMarked
package org.patchbay.connectivity.path.publishing;

import org.jspecify.annotations.NullMarked;
