/**
 * The connection entity: {@code ConnectionEntity} is the event-sourced shell that asks the tables
 * in {@code rules} what a command means, persists and carries out effects; {@code Clients} are its
 * children. What it looks like stored and sent is in {@code wire}.
 */
@NullMarked
package org.patchbay.connectivity.connection;

import org.jspecify.annotations.NullMarked;
