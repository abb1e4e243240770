/**
 * What makes a connection's configuration wrong: checks without I/O that name every finding at once
 * by its JSON pointer.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.validation.ConnectionValidation}. Checks that
 * need mappers or name resolution stand in the service.
 */
@NullMarked
package org.patchbay.connectivity.model.validation;

import org.jspecify.annotations.NullMarked;
