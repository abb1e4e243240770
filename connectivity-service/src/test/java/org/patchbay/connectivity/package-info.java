@NullMarked
package org.patchbay.connectivity;

import org.jspecify.annotations.NullMarked;
