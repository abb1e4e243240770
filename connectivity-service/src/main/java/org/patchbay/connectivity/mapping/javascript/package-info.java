/**
 * Mapping by scripts, on Rhino: {@link
 * org.patchbay.connectivity.mapping.javascript.JavaScriptMapper}.
 *
 * <p>A script is a stranger: it sees no Java, shares nothing it could change with other scripts,
 * and is cut off after its time, its depth of calls and its memory ({@code sandbox}). {@code
 * Globals} is what a script finds, {@code Modules} what it may load, {@code ToScript} and {@code
 * FromScript} translate values. No script may come to run outside of the sandbox.
 */
@NullMarked
package org.patchbay.connectivity.mapping.javascript;

import org.jspecify.annotations.NullMarked;
