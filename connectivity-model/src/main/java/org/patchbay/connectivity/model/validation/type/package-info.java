/**
 * What each type of connection allows: schemes, addresses, options.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.validation.type.TypeRules}, one row a type.
 */
@NullMarked
package org.patchbay.connectivity.model.validation.type;

import org.jspecify.annotations.NullMarked;
