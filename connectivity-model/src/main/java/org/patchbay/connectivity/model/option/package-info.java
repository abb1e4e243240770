/**
 * The options in a connection's {@code specificConfig}: how their values are written, and what a
 * value may be.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.option.OptionKind}. Which options a type of
 * connection has stands with the other rules of types.
 */
@NullMarked
package org.patchbay.connectivity.model.option;

import org.jspecify.annotations.NullMarked;
