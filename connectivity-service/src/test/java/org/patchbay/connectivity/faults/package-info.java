/**
 * What becomes of messages when something breaks between a client and its broker, or the broker
 * itself: {@code FaultContract}, over a proxy, with the whole client and fake twins.
 */
@NullMarked
package org.patchbay.connectivity.faults;

import org.jspecify.annotations.NullMarked;
