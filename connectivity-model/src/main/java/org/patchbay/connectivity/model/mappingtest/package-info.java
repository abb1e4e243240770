/**
 * A mapping that is to be tried with a sample message.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.mappingtest.MappingTest}. Nothing is mapped
 * here: that is the service's.
 */
@NullMarked
package org.patchbay.connectivity.model.mappingtest;

import org.jspecify.annotations.NullMarked;
