/** Signatures, against values that others computed. */
@NullMarked
package org.patchbay.connectivity.transport.signing;

import org.jspecify.annotations.NullMarked;
