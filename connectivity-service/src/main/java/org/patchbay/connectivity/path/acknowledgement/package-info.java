/**
 * The acknowledgements that a connection issues: under which labels, and how large.
 *
 * <p>Start at {@link org.patchbay.connectivity.path.acknowledgement.OwnAcks}. Those that a message
 * requests are counted by {@code org.patchbay.cluster.acknowledgement}.
 */
@NullMarked
package org.patchbay.connectivity.path.acknowledgement;

import org.jspecify.annotations.NullMarked;
