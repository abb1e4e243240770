/**
 * What a connection is: its configuration as records that need no I/O and know no actors.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.Connection}. The rooms:
 *
 * <ul>
 *   <li>{@code vocabulary}: what one says to, about and by connections
 *   <li>{@code json}: how they are written
 *   <li>{@code validation}: what may be wrong with them, {@code problems} how that is told
 *   <li>{@code credentials}: who they are, {@code masking} what nobody is shown of that
 *   <li>{@code hosts}: where they may connect to
 *   <li>{@code option}: how values in {@code specificConfig} are written
 *   <li>{@code hono}: what a Hono connection becomes when it runs
 *   <li>{@code dryrun} and {@code mappingtest}: what trying one out tells
 * </ul>
 */
@NullMarked
package org.patchbay.connectivity.model;

import org.jspecify.annotations.NullMarked;
