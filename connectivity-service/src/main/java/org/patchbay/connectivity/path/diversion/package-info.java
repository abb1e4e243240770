/**
 * Responses that leave by another connection than the one their command came in by.
 *
 * <p>Start at {@link org.patchbay.connectivity.path.diversion.Diversion}, which hands them over;
 * how they are taken stands with the targets. What a response says is no concern of this package.
 */
@NullMarked
package org.patchbay.connectivity.path.diversion;

import org.jspecify.annotations.NullMarked;
