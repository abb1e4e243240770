@NullMarked
package org.patchbay.connectivity.encryption.migration;

import org.jspecify.annotations.NullMarked;
