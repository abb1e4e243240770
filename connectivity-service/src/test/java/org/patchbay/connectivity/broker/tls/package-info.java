/**
 * TLS as a test wants it, in front of any broker: who shows which certificate, who must show one,
 * in which version. Start at {@link org.patchbay.connectivity.broker.tls.TlsFront}.
 */
@NullMarked
package org.patchbay.connectivity.broker.tls;

import org.jspecify.annotations.NullMarked;
