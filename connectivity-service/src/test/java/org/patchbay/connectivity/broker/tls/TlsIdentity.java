package org.patchbay.connectivity.broker.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import org.patchbay.connectivity.broker.Certificates;

/**
 * A key with its certificate.
 *
 * @param store holds nothing else, with the password of {@link Certificates}
 */
public record TlsIdentity(KeyStore store) {

    private static final int PEM_LINE = 64;

    /** Its own certificate, without those of its issuers. */
    public String certificatePem() {
        try {
            return pem("CERTIFICATE", store.getCertificate(alias()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS#8, not encrypted. */
    public String keyPem() {
        try {
            char[] password = Certificates.PASSWORD.toCharArray();
            return pem("PRIVATE KEY", store.getKey(alias(), password).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As PKCS#12, for a server that reads who it is from a file. */
    public Path writtenTo(Path file) {
        return written(store, file);
    }

    /** Its certificate alone as PKCS#12, for a server that reads whom it trusts from a file. */
    public Path certificateWrittenTo(Path file) {
        return written(trusted(), file);
    }

    /** A store that holds its certificate alone. */
    KeyStore trusted() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", store.getCertificate(alias()));
            return trusted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path written(KeyStore store, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, Certificates.PASSWORD.toCharArray());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String alias() throws GeneralSecurityException {
        return store.aliases().nextElement();
    }

    private static String pem(String what, byte[] encoded) {
        byte[] end = "\n".getBytes(StandardCharsets.US_ASCII);
        String base64 = Base64.getMimeEncoder(PEM_LINE, end).encodeToString(encoded);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what);
    }
}
