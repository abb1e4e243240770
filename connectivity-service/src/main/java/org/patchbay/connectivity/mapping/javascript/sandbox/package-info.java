/**
 * What keeps a script within its bounds, whatever it does: {@link
 * org.patchbay.connectivity.mapping.javascript.sandbox.Sandbox}.
 *
 * <p>The sandbox looks at the clock and the memory of a script between its steps. What does much in
 * one step is checked before: functions of the language by {@code Guards}, what Rhino offers no way
 * to watch by {@code RhinoBounds}. {@code Retained} says what a script keeps from message to
 * message. Nothing here knows what scripts are for.
 */
@NullMarked
package org.patchbay.connectivity.mapping.javascript.sandbox;

import org.jspecify.annotations.NullMarked;
