/**
 * Background clean-up of the store: what is older than the history that is kept and not needed to
 * recover an entity goes, at a bounded rate. Start with {@code CleanupCommand}, what operators can
 * ask the singletons {@code /user/<service>Root/persistenceCleanup}. How documents are found and
 * deleted is {@code store}'s.
 */
@NullMarked
package org.patchbay.cluster.cleanup;

import org.jspecify.annotations.NullMarked;
