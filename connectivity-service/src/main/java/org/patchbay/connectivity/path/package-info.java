/**
 * The message path as streams of pure stages. Here stands what both ways share: the mappers at
 * work, header mapping, addresses, publishing, and what a path needs of its surroundings ({@link
 * org.patchbay.connectivity.path.PathContext}).
 *
 * <pre>
 * inbound   consume → map → enforce → header-map → authorise → dispatch → settle
 * outbound  bus → filter → enrich → map → resolve address → publish → acknowledge
 * </pre>
 */
@NullMarked
package org.patchbay.connectivity.path;

import org.jspecify.annotations.NullMarked;
