/**
 * The pages of docs/protocols, one for each transport, held against the code.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.page.ProtocolPage}.
 */
@NullMarked
package org.patchbay.connectivity.transport.page;

import org.jspecify.annotations.NullMarked;
