/**
 * The store behind Pekko persistence: which plugin {@code PATCHBAY_STORE} picks, the embedded
 * SQLite's schema and its upkeep; {@code StoredDocuments} is the one way to stored events and
 * snapshots that does not lead through their entity. What is in a document is not known here.
 */
@NullMarked
package org.patchbay.cluster.store;

import org.jspecify.annotations.NullMarked;
