@NullMarked
package org.patchbay.connectivity.mapping.threads;

import org.jspecify.annotations.NullMarked;
