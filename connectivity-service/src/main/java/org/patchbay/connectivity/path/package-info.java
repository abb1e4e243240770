/**
 * The message path: {@code InboundPath} and {@code OutboundPath} as streams of pure stages, and the
 * acknowledgements that settle a message.
 *
 * <pre>
 * inbound   consume → map → enforce → header-map → authorise → dispatch → settle
 * outbound  bus → filter → enrich → map → resolve address → publish → acknowledge
 * </pre>
 */
@NullMarked
package org.patchbay.connectivity.path;

import org.jspecify.annotations.NullMarked;
