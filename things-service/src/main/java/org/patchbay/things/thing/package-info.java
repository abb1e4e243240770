/**
 * Things: what a pointer into a thing means, what a command does to it, and the entity that stores
 * it.
 *
 * <p>Start at {@link org.patchbay.things.thing.ThingShape} (the table of pointers), then {@link
 * org.patchbay.things.thing.ThingRules} (pure decisions), {@code ThingRequests} (what requests come
 * to, one after the other) and {@link org.patchbay.things.thing.ThingEntity} (the shell). A new
 * kind of place in a thing is a new row of the table, not a new class.
 */
@NullMarked
package org.patchbay.things.thing;

import org.jspecify.annotations.NullMarked;
