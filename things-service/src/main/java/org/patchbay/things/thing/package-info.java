/**
 * Things as they run: the entity that stores them, and what comes to it and leaves it.
 *
 * <p>Start at {@link org.patchbay.things.thing.ThingEntity} (the shell) and {@code ThingRequests}
 * (what requests come to, one after the other). What a command does to a thing is not decided here
 * but in {@link org.patchbay.things.thing.rules}.
 */
@NullMarked
package org.patchbay.things.thing;

import org.jspecify.annotations.NullMarked;
