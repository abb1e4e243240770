/**
 * {@code /devops/piggyback}: operators' commands in an envelope. Start at {@link
 * org.patchbay.gateway.piggyback.PiggybackRoutes}; which commands there are stands in tables, one a
 * family ({@code ConnectionCommands}, {@code CleanupCommands}, …), which {@code PiggybackCommands}
 * puts together.
 *
 * <p>Translates only: what a command does is the business of whom it is sent to.
 */
@NullMarked
package org.patchbay.gateway.piggyback;

import org.jspecify.annotations.NullMarked;
