/**
 * Which acknowledgements a signal from outside asks for, who collects them, and what they say
 * together.
 *
 * <p>Start at {@link org.patchbay.cluster.acknowledgement.Expectations}; {@code Acknowledgements}
 * is the actor that waits for them. Nothing of sources, targets and sockets comes in here.
 */
@NullMarked
package org.patchbay.cluster.acknowledgement;

import org.jspecify.annotations.NullMarked;
