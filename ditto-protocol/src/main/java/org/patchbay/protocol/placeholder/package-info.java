/**
 * Placeholders and their functions: {@code {{ thing:id | fn:substring-after(':') }}}.
 *
 * <p>Start at {@link org.patchbay.protocol.placeholder.Template}, which is compiled once and resolved
 * for each message against {@link org.patchbay.protocol.placeholder.Placeholders}.
 */
@NullMarked
package org.patchbay.protocol.placeholder;

import org.jspecify.annotations.NullMarked;
