/** {@code TransportContract} holds what every transport must do; each of them implements it. */
@NullMarked
package org.patchbay.connectivity.transport;

import org.jspecify.annotations.NullMarked;
