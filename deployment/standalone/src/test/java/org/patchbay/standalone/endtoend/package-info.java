/**
 * The whole product as a process of its own, with real HTTP, a real broker and the embedded store.
 *
 * <p>Start at {@code MessagePathIT} for the way of one message and at {@code CrashIT} for what a
 * crash may not lose.
 */
@NullMarked
package org.patchbay.standalone.endtoend;

import org.jspecify.annotations.NullMarked;
