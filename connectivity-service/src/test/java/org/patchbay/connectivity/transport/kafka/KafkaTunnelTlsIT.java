package org.patchbay.connectivity.transport.kafka;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.broker.tls.TlsFront;
import org.patchbay.connectivity.broker.tls.TlsSetup;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.tunnel.Tunnelled;

/**
 * TLS through a tunnel: where the broker sends its clients to nobody listens, the SSH server alone
 * knows whom that means.
 */
@Tag("ci")
class KafkaTunnelTlsIT extends KafkaTlsIT {

    private final SshServer server = SshServer.started("EC");

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Override
    public Transport transport() {
        return new Tunnelled(super.transport(), server);
    }

    @Override
    public Secured secured(TlsSetup setup) {
        TlsFront front = TlsFront.before(plainPort(), setup);
        server.lead("127.0.0.1", frontPort(), front.port());
        return new Secured(front.port(), front);
    }
}
