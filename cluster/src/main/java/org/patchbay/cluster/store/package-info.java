/**
 * The store behind Pekko persistence: which plugin {@code PATCHBAY_STORE} picks, the embedded
 * SQLite's schema and its upkeep.
 */
@NullMarked
package org.patchbay.cluster.store;

import org.jspecify.annotations.NullMarked;
