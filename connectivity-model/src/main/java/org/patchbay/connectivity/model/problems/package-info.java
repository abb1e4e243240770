/**
 * What can be wrong with connections: the catalogue of their errors, and findings that are
 * collected until all of them are known.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.problems.ConnectionProblems}. It knows nothing
 * of what is checked.
 */
@NullMarked
package org.patchbay.connectivity.model.problems;

import org.jspecify.annotations.NullMarked;
