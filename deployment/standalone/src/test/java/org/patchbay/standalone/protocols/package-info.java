/**
 * The examples of docs/protocols against real brokers, through all services in one JVM.
 *
 * <p>A page that is new needs a row in {@link org.patchbay.standalone.protocols.Sites}.
 */
@NullMarked
package org.patchbay.standalone.protocols;

import org.jspecify.annotations.NullMarked;
