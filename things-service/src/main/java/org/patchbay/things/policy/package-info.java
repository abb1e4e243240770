/**
 * Policies: what a pointer into a policy means, what a command does to it, and the entity that
 * stores it.
 *
 * <p>Built like {@code thing}: {@link org.patchbay.things.policy.PolicyShape} is the table, {@link
 * org.patchbay.things.policy.PolicyRules} decides, {@link org.patchbay.things.policy.PolicyEntity}
 * is the shell. What a policy allows is evaluated by {@code PolicyView}, not here.
 */
@NullMarked
package org.patchbay.things.policy;

import org.jspecify.annotations.NullMarked;
