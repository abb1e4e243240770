@NullMarked
package org.patchbay.connectivity.model.validation;

import org.jspecify.annotations.NullMarked;
