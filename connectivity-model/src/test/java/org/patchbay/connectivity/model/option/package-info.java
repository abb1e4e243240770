@NullMarked
package org.patchbay.connectivity.model.option;

import org.jspecify.annotations.NullMarked;
