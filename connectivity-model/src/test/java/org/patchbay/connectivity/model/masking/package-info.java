@NullMarked
package org.patchbay.connectivity.model.masking;

import org.jspecify.annotations.NullMarked;
