package org.patchbay.connectivity.model.credentials;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchbay.connectivity.model.problems.ConnectionProblems;

/**
 * Certificates and keys as PEM; what can't be read is a wrong configuration. Tells nothing of a
 * key.
 */
public final class Pem {

    private static final Set<String> KEY_ALGORITHMS = Set.of("RSA", "EC", "EdDSA");

    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private Pem() {}

    /** One or more certificates, one after the other. */
    public static List<X509Certificate> certificates(String pem) {
        try {
            byte[] bytes = pem.strip().getBytes(StandardCharsets.US_ASCII);
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException e) {
            // Told below; the library's own text would only repeat the certificate.
        }
        throw ConnectionProblems.configurationInvalid(
                        "The text holds no readable certificate.",
                        "Send one or more X.509 certificates as PEM, each between BEGIN CERTIFICATE"
                                + " and END CERTIFICATE.")
                .asException();
    }

    /** A private key in PKCS#8 form. */
    public static PrivateKey privateKey(Secret pem) {
        byte[] der = block(pem.reveal(), "PRIVATE KEY");
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // Of another algorithm: try the next.
            }
        }
        throw unreadable("PRIVATE KEY");
    }

    /**
     * Whether what the private key signs is what the public key verifies; of keys that sign
     * otherwise it is believed.
     */
    public static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        String algorithm = SIGNATURES.get(privateKey.getAlgorithm());
        if (!publicKey.getAlgorithm().equals(privateKey.getAlgorithm())) {
            return false;
        }
        if (algorithm == null) {
            return true;
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** A public key in X.509 form. */
    public static PublicKey publicKey(String pem) {
        byte[] der = block(pem, "PUBLIC KEY");
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // Of another algorithm: try the next.
            }
        }
        throw unreadable("PUBLIC KEY");
    }

    private static byte[] block(String pem, String label) {
        Matcher matcher =
                Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----")
                        .matcher(pem);
        if (!matcher.find()) {
            throw unreadable(label);
        }
        try {
            return Base64.getMimeDecoder().decode(matcher.group(1));
        } catch (IllegalArgumentException e) {
            throw unreadable(label);
        }
    }

    private static RuntimeException unreadable(String label) {
        return ConnectionProblems.configurationInvalid(
                        "The text holds no readable " + label.toLowerCase(Locale.ROOT) + ".",
                        "Send it as PEM between BEGIN "
                                + label
                                + " and END "
                                + label
                                + (label.startsWith("PRIVATE")
                                        ? " (PKCS#8, not encrypted; openssl pkcs8 -topk8 -nocrypt"
                                                + " converts older forms)."
                                        : "."))
                .asException();
    }
}
