/**
 * The connection entity: {@code ConnectionRules} decides, {@code ConnectionEntity} is the
 * event-sourced shell that persists and carries out effects.
 */
@NullMarked
package org.patchbay.connectivity.connection;

import org.jspecify.annotations.NullMarked;
