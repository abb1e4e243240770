/**
 * Mapping by scripts, on Rhino: {@link
 * org.patchbay.connectivity.mapping.javascript.JavaScriptMapper}.
 *
 * <p>A script is a stranger: it sees no Java, shares nothing it could change with other scripts,
 * and is cut off after its time, its depth of calls and its memory ({@code Sandbox}). {@code
 * Globals} is what a script finds, {@code Guards} what keeps the functions of the language within
 * bounds, {@code ToScript} and {@code FromScript} translate values. No script may come to run
 * outside of {@code Sandbox}.
 */
@NullMarked
package org.patchbay.connectivity.mapping.javascript;

import org.jspecify.annotations.NullMarked;
