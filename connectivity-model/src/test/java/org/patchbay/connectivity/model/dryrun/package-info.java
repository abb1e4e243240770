@NullMarked
package org.patchbay.connectivity.model.dryrun;

import org.jspecify.annotations.NullMarked;
