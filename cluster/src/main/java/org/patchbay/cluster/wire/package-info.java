/**
 * Serialization: every type that is stored or sent between nodes has an explicit name, so that a
 * renamed class breaks neither a journal nor a rolling update.
 *
 * <p>A module lists its types in a {@link org.patchbay.cluster.wire.WireVocabulary}, found by
 * ServiceLoader; {@link org.patchbay.cluster.wire.WireSerializer} writes and reads them. Each
 * vocabulary has golden files in its module's tests.
 */
@NullMarked
package org.patchbay.cluster.wire;

import org.jspecify.annotations.NullMarked;
