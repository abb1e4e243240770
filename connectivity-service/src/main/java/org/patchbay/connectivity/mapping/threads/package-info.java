/**
 * The threads that mappers run on which may take their time, shared fairly: {@link
 * org.patchbay.connectivity.mapping.threads.MappingThreads}. Knows nothing of mappers.
 */
@NullMarked
package org.patchbay.connectivity.mapping.threads;

import org.jspecify.annotations.NullMarked;
