/**
 * Placeholders and their functions: <code>{{ thing:id | fn:substring-after(':') }}</code>.
 *
 * <p>Start at {@link org.patchbay.protocol.placeholder.Template}, which is compiled once and
 * resolved for each message against {@link org.patchbay.protocol.placeholder.Placeholders} to a
 * {@link org.patchbay.protocol.placeholder.Resolution}. {@code Functions} is the table of
 * functions, {@code Family} the one of placeholders, {@link
 * org.patchbay.protocol.placeholder.Scope} says which of them exist where. Nothing here asks
 * anybody for a value: a message brings its own.
 */
@NullMarked
package org.patchbay.protocol.placeholder;

import org.jspecify.annotations.NullMarked;
