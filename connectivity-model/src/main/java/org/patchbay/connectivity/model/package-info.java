/**
 * What a connection is: its configuration as validated records, and the vocabulary of its commands,
 * events and responses.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.Connection} and {@link
 * org.patchbay.connectivity.model.ConnectionCommand}. No I/O and no actors come in here.
 */
@NullMarked
package org.patchbay.connectivity.model;

import org.jspecify.annotations.NullMarked;
