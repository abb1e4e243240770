/**
 * Which acknowledgements a message asks for, who collects them, and what they say together.
 *
 * <p>Start at {@link org.patchbay.connectivity.path.acknowledgement.Expectations}; {@code
 * Acknowledgements} is the actor that waits for them. Nothing of sources and targets comes in here.
 */
@NullMarked
package org.patchbay.connectivity.path.acknowledgement;

import org.jspecify.annotations.NullMarked;
