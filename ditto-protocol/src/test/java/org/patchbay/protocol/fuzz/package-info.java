/**
 * Everything that reads text from outside, fed with what nobody would send on purpose.
 *
 * <p>{@code Grammars} writes inputs that are nearly right, {@code Inputs} breaks them; the seeds
 * are fixed, {@code -Dpatchbay.fuzz.inputs=1000000} asks for more of them. {@code HostileTest}
 * holds what grows with the length of an input.
 */
@NullMarked
package org.patchbay.protocol.fuzz;

import org.jspecify.annotations.NullMarked;
