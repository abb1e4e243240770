/**
 * What single steps of the message path cost, measured by JMH: {@code benchmarks/run jmh}.
 *
 * <p>One class a part, {@code Samples} has what they are measured with. JMH's annotation processor
 * does not run in the build: the script compiles this folder once more with it.
 */
@NullMarked
package org.patchbay.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
