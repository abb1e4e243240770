/**
 * What can be said of a connection before it is stored: whether it is valid, and whether it would
 * work.
 *
 * <p>Start at {@link org.patchbay.connectivity.check.DryRun}. The layers up to TLS are tried here,
 * for all types alike; what comes after them is the transport's, whose trial client must leave
 * nothing behind. Nothing in here stores anything.
 */
@NullMarked
package org.patchbay.connectivity.check;

import org.jspecify.annotations.NullMarked;
