@NullMarked
package org.patchbay.connectivity.monitoring;

import org.jspecify.annotations.NullMarked;
