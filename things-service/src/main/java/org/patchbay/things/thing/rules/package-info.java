/**
 * What a pointer into a thing means, and what a command does to the thing: pure decisions, which
 * know no actors and no clock.
 *
 * <p>Start at {@link org.patchbay.things.thing.rules.ThingShape} (the table of pointers), then
 * {@link org.patchbay.things.thing.rules.ThingRules}; {@code LiveRules} are those of messages that
 * only pass by. A new kind of place in a thing is a new row of the table, not a new class.
 */
@NullMarked
package org.patchbay.things.thing.rules;

import org.jspecify.annotations.NullMarked;
