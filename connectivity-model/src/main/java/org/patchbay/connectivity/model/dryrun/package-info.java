/**
 * What a dry run found out: layer by layer whether a connection would work, and how long each took.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.dryrun.DryRunReport}. Nothing is tried out
 * here: that is the service's.
 */
@NullMarked
package org.patchbay.connectivity.model.dryrun;

import org.jspecify.annotations.NullMarked;
