/**
 * {@code /devops/logging} and {@code /devops/config}: what operators ask nodes, and how its answers
 * are put together. Start at {@link org.patchbay.gateway.devops.NodeRoutes}; the same questions in
 * an envelope are {@code piggyback}'s.
 */
@NullMarked
package org.patchbay.gateway.devops;

import org.jspecify.annotations.NullMarked;
