/**
 * The migration of stored connections to another key, to encryption or away from it: a cluster
 * singleton that goes through snapshots and journal in small batches and remembers how far it came.
 */
@NullMarked
package org.patchbay.connectivity.encryption.migration;

import org.jspecify.annotations.NullMarked;
