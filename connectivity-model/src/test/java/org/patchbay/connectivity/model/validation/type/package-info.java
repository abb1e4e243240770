@NullMarked
package org.patchbay.connectivity.model.validation.type;

import org.jspecify.annotations.NullMarked;
