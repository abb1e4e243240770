/** Load harness and micro-benchmarks. Nothing that ships may depend on it. */
@NullMarked
package org.patchbay.benchmarks;

import org.jspecify.annotations.NullMarked;
