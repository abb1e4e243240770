@NullMarked
package org.patchbay.connectivity.model.problems;

import org.jspecify.annotations.NullMarked;
