@NullMarked
package org.patchbay.connectivity.model.json;

import org.jspecify.annotations.NullMarked;
