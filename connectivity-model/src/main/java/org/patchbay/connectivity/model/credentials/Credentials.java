package org.patchbay.connectivity.model.credentials;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** How a connection, or the tunnel it goes through, proves who it is. */
public sealed interface Credentials {

    /** The value of {@code type} in JSON. */
    String type();

    record Plain(String username, Secret password) implements Credentials {
        @Override
        public String type() {
            return "plain";
        }
    }

    /** A client certificate with its private key (PKCS#8), both as PEM. */
    record ClientCertificate(@Nullable String cert, @Nullable Secret key) implements Credentials {
        @Override
        public String type() {
            return "client-cert";
        }
    }

    /** A key pair as PEM, for SSH tunnels. */
    record PublicKey(String username, String publicKey, Secret privateKey) implements Credentials {
        @Override
        public String type() {
            return "public-key";
        }
    }

    /**
     * Requests or sessions signed with a shared key; the algorithm says what its parameters are.
     */
    record Hmac(String algorithm, ObjectNode parameters) implements Credentials {
        @Override
        public String type() {
            return "hmac";
        }

        /** Names no parameter's value: several of them are secrets. */
        @Override
        public String toString() {
            return "Hmac[algorithm=" + algorithm + ", parameters=***]";
        }
    }

    record OAuthClientCredentials(
            String tokenEndpoint,
            String clientId,
            Secret clientSecret,
            String requestedScopes,
            @Nullable String audience)
            implements Credentials {
        @Override
        public String type() {
            return "oauth-client-credentials";
        }
    }

    record OAuthPassword(
            String tokenEndpoint,
            String clientId,
            @Nullable Secret clientSecret,
            String requestedScopes,
            @Nullable String audience,
            String username,
            Secret password)
            implements Credentials {
        @Override
        public String type() {
            return "oauth-password";
        }
    }
}
