/**
 * What happens to every request and answer, whatever it is about: HTTPS where the operator wants
 * it, and pages of other origins let in. {@link org.patchbay.gateway.edge.Edge} stands around the
 * rest.
 */
@NullMarked
package org.patchbay.gateway.edge;

import org.jspecify.annotations.NullMarked;
