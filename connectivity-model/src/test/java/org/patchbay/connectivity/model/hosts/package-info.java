@NullMarked
package org.patchbay.connectivity.model.hosts;

import org.jspecify.annotations.NullMarked;
