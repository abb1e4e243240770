/**
 * How a thing knows its policy without asking another shard for each message.
 *
 * <p>Start at {@link org.patchbay.things.enforcement.Policies}: one cache of compiled policies a
 * node, read by all things there without a message. The entity of a policy knows the caches that
 * asked it, and the receptionist knows all others; after it stored a change it tells them, and
 * answers the change only when each has confirmed that it forgot what it knew. So whoever has the
 * answer to a change of a policy finds it in effect with the next command to any thing. A cache
 * that can't be reached delays the answer for a few seconds at most; and what a cache knows, it
 * asks for again after a while, so that a node that was cut off does not stay wrong.
 */
@NullMarked
package org.patchbay.things.enforcement;

import org.jspecify.annotations.NullMarked;
