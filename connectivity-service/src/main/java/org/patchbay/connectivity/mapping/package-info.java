/**
 * Payload mapping: from a broker's message to Ditto Protocol and back.
 *
 * <p>Start at the table in {@link org.patchbay.connectivity.mapping.Mappers}; {@code mappers} and
 * {@code javascript} hold what it lists. What a mapper is says {@link
 * org.patchbay.mapper.PayloadMapper}, which others implement too. No mapper sees an actor or a
 * configuration file.
 */
@NullMarked
package org.patchbay.connectivity.mapping;

import org.jspecify.annotations.NullMarked;
