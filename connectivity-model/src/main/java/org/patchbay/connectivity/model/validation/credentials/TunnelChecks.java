package org.patchbay.connectivity.model.validation.credentials;

import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Fingerprint;
import org.patchbay.connectivity.model.credentials.Pem;
import org.patchbay.connectivity.model.problems.Findings;

/** What can be wrong with an SSH tunnel. */
public final class TunnelChecks {

    private static final String AT = "/sshTunnel";
    private static final String KNOWN_HOSTS = AT + "/knownHosts";
    private static final String FINGERPRINTS =
            "Allowed: ALGORITHM:FINGERPRINT as ssh-keygen -l writes it, with MD5, SHA1, SHA224,"
                    + " SHA256, SHA384 or SHA512.";

    private TunnelChecks() {}

    public static void collect(SshTunnel tunnel, Findings findings) {
        if (!tunnel.uri().scheme().equals("ssh")) {
            findings.wrong(
                    AT + "/uri",
                    "A tunnel can't have the scheme '" + tunnel.uri().scheme() + "'.",
                    "Allowed: ssh.");
        }
        switch (tunnel.credentials()) {
            case Credentials.Plain _ -> {}
            case Credentials.PublicKey keys -> checkKeys(keys, findings);
            case Credentials.ClientCertificate _,
                    Credentials.Hmac _,
                    Credentials.OAuthClientCredentials _,
                    Credentials.OAuthPassword _ ->
                    findings.wrong(
                            AT + "/credentials/type",
                            "A tunnel can't use credentials of this type.",
                            "Allowed: plain, public-key.");
        }
        checkKnownHosts(tunnel, findings);
    }

    private static void checkKeys(Credentials.PublicKey keys, Findings findings) {
        String at = AT + "/credentials";
        java.security.@Nullable PublicKey publicKey =
                findings.attempt(at + "/publicKey", () -> Pem.publicKey(keys.publicKey()));
        @Nullable PrivateKey privateKey =
                findings.attempt(at + "/privateKey", () -> Pem.privateKey(keys.privateKey()));
        if (publicKey != null && privateKey != null && !Pem.belongTogether(publicKey, privateKey)) {
            findings.wrong(
                    at + "/publicKey",
                    "The public key does not belong to the private key.",
                    "Send two keys of one pair.");
        }
    }

    private static void checkKnownHosts(SshTunnel tunnel, Findings findings) {
        if (tunnel.enabled() && tunnel.validateHost() && tunnel.knownHosts().isEmpty()) {
            findings.wrong(
                    KNOWN_HOSTS,
                    "The host is to be validated, but none is known.",
                    "Name the host's fingerprint, or set validateHost to false for a trial. "
                            + FINGERPRINTS);
        }
        for (int i = 0; i < tunnel.knownHosts().size(); i++) {
            if (Fingerprint.read(tunnel.knownHosts().get(i)).isEmpty()) {
                findings.wrong(KNOWN_HOSTS + "/" + i, "The text is no fingerprint.", FINGERPRINTS);
            }
        }
    }
}
