/**
 * What signatures with shared keys are made of, the same for all transports that sign.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.signing.SharedAccessSignature}, the tokens
 * of Azure, and {@code Algorithms}, which finds the algorithms that the settings name. Which
 * requests or sessions a signature is for, and where it goes, is each transport's own.
 */
@NullMarked
package org.patchbay.connectivity.transport.signing;

import org.jspecify.annotations.NullMarked;
