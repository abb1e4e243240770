/**
 * What is said to, about and by connections: commands, events, replies, and queries for their ids.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.vocabulary.ConnectionCommand}. Each file is
 * one sealed vocabulary; how its members are written between nodes stands in the service.
 */
@NullMarked
package org.patchbay.connectivity.model.vocabulary;

import org.jspecify.annotations.NullMarked;
