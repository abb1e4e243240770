/**
 * Payload mapping: from a broker's message to Ditto Protocol and back.
 *
 * <p>Start at {@link org.patchbay.connectivity.mapping.PayloadMapper} and the table in {@link
 * org.patchbay.connectivity.mapping.Mappers}. A mapper sees no actor and no configuration file.
 */
@NullMarked
package org.patchbay.connectivity.mapping;

import org.jspecify.annotations.NullMarked;
