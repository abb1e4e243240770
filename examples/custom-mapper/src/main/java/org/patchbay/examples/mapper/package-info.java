/**
 * An example of a mapper of one's own: devices that send readings in frames of five bytes.
 *
 * <p>Start at {@link org.patchbay.examples.mapper.FrameMapperProvider}, which Patchbay finds by
 * {@code META-INF/services}; {@link org.patchbay.examples.mapper.FrameMapper} is the mapper. Uses
 * nothing of Patchbay but its mapper API and the protocol.
 */
@NullMarked
package org.patchbay.examples.mapper;

import org.jspecify.annotations.NullMarked;
