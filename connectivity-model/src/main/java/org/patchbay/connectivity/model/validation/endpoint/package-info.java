/**
 * What can be wrong with the sources and targets of a connection of any type.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.validation.endpoint.SourceChecks}. What one
 * type alone allows stands in the package for types.
 */
@NullMarked
package org.patchbay.connectivity.model.validation.endpoint;

import org.jspecify.annotations.NullMarked;
