@NullMarked
package org.patchbay.connectivity.encryption;

import org.jspecify.annotations.NullMarked;
