/**
 * What a mapper of payloads is, for those that come with Patchbay and for those that others write:
 * {@link org.patchbay.mapper.PayloadMapper}, which a {@link org.patchbay.mapper.MapperProvider}
 * makes of the options of a connection's mapping definition.
 *
 * <p>Knows the Ditto Protocol and nothing else of ours. Others compile against it: what stands here
 * is changed by adding to it.
 */
@NullMarked
package org.patchbay.mapper;

import org.jspecify.annotations.NullMarked;
