package org.patchbay.connectivity.transport.endpoint;

import java.security.KeyStore;
import java.security.Provider;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A trust manager of ours as a factory, because that is what client libraries take. */
final class Trust extends TrustManagerFactory {

    private static final Provider PROVIDER =
            new Provider("patchbay-trust", "1", "") {
                private static final long serialVersionUID = 1L;
            };

    private Trust(X509ExtendedTrustManager manager) {
        super(new Spi(manager), PROVIDER, "connection");
    }

    static TrustManagerFactory by(X509ExtendedTrustManager manager) {
        return new Trust(manager);
    }

    private static final class Spi extends TrustManagerFactorySpi {
        private final X509ExtendedTrustManager manager;

        Spi(X509ExtendedTrustManager manager) {
            this.manager = manager;
        }

        @Override
        protected void engineInit(@Nullable KeyStore ks) {}

        @Override
        protected void engineInit(ManagerFactoryParameters spec) {}

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            return new TrustManager[] {manager};
        }
    }
}
