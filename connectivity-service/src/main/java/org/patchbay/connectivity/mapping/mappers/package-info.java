/**
 * The mappers that are there without anybody's doing, one a file; scripts have a room of their own.
 *
 * <p>Start at {@link org.patchbay.connectivity.mapping.mappers.DittoMapper}. What each is called
 * and which are quick stands in {@link org.patchbay.connectivity.mapping.Mappers}. A mapper knows
 * no connection, no actor and no configuration file.
 */
@NullMarked
package org.patchbay.connectivity.mapping.mappers;

import org.jspecify.annotations.NullMarked;
