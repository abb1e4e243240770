/**
 * The pure evaluation of policies: who may do what at which pointer, what a subject may read.
 *
 * <p>Start at {@link org.patchbay.protocol.policy.PolicyView}. Stored policies and their commands
 * live with the twins.
 */
@NullMarked
package org.patchbay.protocol.policy;

import org.jspecify.annotations.NullMarked;
