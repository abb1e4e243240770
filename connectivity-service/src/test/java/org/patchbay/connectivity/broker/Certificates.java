package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Random;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.patchbay.cluster.node.ScratchFolder;

/** A key with its certificate, which signs itself or is signed by another one of these. */
public final class Certificates implements AutoCloseable {

    public static final String PASSWORD = "changeit";

    private static final int PEM_LINE = 64;
    private static final int SERIAL_BITS = 64;
    private static final String ALIAS = "key";
    private static final Map<String, Integer> KEY_BITS = Map.of("EC", 256, "RSA", 2048);

    /** What a name may be, as keytool writes it too. */
    private static final Map<String, Integer> NAMES =
            Map.of("ip", GeneralName.iPAddress, "dns", GeneralName.dNSName);

    private final Path folder = ScratchFolder.named("certificates");
    private final KeyStore keys;

    private Certificates(KeyStore keys) {
        this.keys = keys;
        try (OutputStream out = Files.newOutputStream(store())) {
            keys.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a server at 127.0.0.1, or for a client. */
    public static Certificates made() {
        return new Certificates(selfSigned("127.0.0.1", false, "ip:127.0.0.1"));
    }

    /** One that may issue others. */
    public static Certificates authority() {
        return new Certificates(selfSigned("authority", true, "dns:authority.example"));
    }

    /** A key with a certificate for this subject that this authority signed, as servers take it. */
    public Certificates issued(String subject) {
        return new Certificates(issued(subject, -1, 10));
    }

    /**
     * The same, alone in a store with {@link #PASSWORD}.
     *
     * @param subject a host, as in {@code ip:127.0.0.1} or {@code dns:a.example}
     * @param start the first day, counted from today
     */
    public KeyStore issued(String subject, int start, int days) {
        return issued("issued", "EC", subject, start, days);
    }

    /**
     * The same with more to choose.
     *
     * @param name as which a server may know a client
     * @param algorithm of the key, {@code RSA} or {@code EC}
     */
    public KeyStore issued(String name, String algorithm, String subject, int start, int days) {
        try {
            KeyPair key = newKey(algorithm);
            X509Certificate own = (X509Certificate) keys.getCertificate(ALIAS);
            PrivateKey signing = (PrivateKey) keys.getKey(ALIAS, PASSWORD.toCharArray());
            X509Certificate certificate =
                    signed(
                            builder(own.getSubjectX500Principal(), name, key, start, days),
                            false,
                            subject,
                            signing);
            return store(key, certificate, own);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore selfSigned(String name, boolean mayIssue, String subject) {
        try {
            KeyPair key = newKey("EC");
            X500Principal own = new X500Principal("CN=" + name);
            return store(
                    key,
                    signed(builder(own, name, key, -1, 90), mayIssue, subject, key.getPrivate()));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKey(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(KEY_BITS.get(algorithm));
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(
            X500Principal issuer, String name, KeyPair key, int start, int days) {
        Instant from = Instant.now().plus(start, ChronoUnit.DAYS);
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, new Random()),
                Date.from(from),
                Date.from(from.plus(days, ChronoUnit.DAYS)),
                new X500Principal("CN=" + name),
                key.getPublic());
    }

    private static X509Certificate signed(
            X509v3CertificateBuilder builder, boolean mayIssue, String subject, PrivateKey key)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        String[] parts = subject.split(":", 2);
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(NAMES.get(parts[0]), parts[1])));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(mayIssue));
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private static KeyStore store(KeyPair key, Certificate... chain)
            throws GeneralSecurityException, IOException {
        KeyStore alone = KeyStore.getInstance("PKCS12");
        alone.load(null, null);
        alone.setKeyEntry(ALIAS, key.getPrivate(), PASSWORD.toCharArray(), chain);
        return alone;
    }

    /** Key and certificate with {@link #PASSWORD}. */
    public KeyStore keys() {
        return keys;
    }

    /** The same in a file, as PKCS#12. */
    public Path store() {
        return folder.resolve("store.p12");
    }

    public String certificatePem() {
        try {
            return pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String keyPem() {
        try {
            return pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] encoded) {
        String base64 = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what);
    }

    @Override
    public void close() {
        ScratchFolder.delete(folder);
    }
}
