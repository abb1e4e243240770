/**
 * What a command means in each state of a connection: {@code ConnectionRules} is two tables over
 * {@code ConnectionState}, and a {@code Decision} says as data what to store, do and answer. No
 * actors, no clock, no configuration, no I/O in here.
 */
@NullMarked
package org.patchbay.connectivity.connection.rules;

import org.jspecify.annotations.NullMarked;
