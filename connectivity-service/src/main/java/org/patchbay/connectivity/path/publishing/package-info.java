/**
 * How messages leave: a {@link org.patchbay.connectivity.path.publishing.Publisher} for each
 * client, with an {@link org.patchbay.connectivity.path.publishing.Outlet} for each target and one
 * for the replies. What a message is made of is not known here.
 */
@NullMarked
package org.patchbay.connectivity.path.publishing;

import org.jspecify.annotations.NullMarked;
