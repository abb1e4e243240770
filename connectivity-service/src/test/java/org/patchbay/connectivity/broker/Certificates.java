package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A key with a certificate that signs itself, made by the JDK's keytool. */
public final class Certificates implements AutoCloseable {

    public static final String PASSWORD = "changeit";

    private static final int PEM_LINE = 64;
    private static final int PATIENCE_SECONDS = 60;
    private static final String ALIAS = "key";

    private final Path folder = Scratch.folder("certificates");

    private Certificates() {}

    /** For a server at 127.0.0.1, or for a client. */
    public static Certificates made() {
        Certificates made = new Certificates();
        made.keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1");
        return made;
    }

    /** One that may issue others. */
    public static Certificates authority() {
        Certificates made = new Certificates();
        made.keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
        return made;
    }

    /**
     * A key with a certificate that this authority signed, alone in a store with {@link #PASSWORD}.
     *
     * @param subject as keytool names alternatives: {@code ip:127.0.0.1}, {@code dns:a.example}
     * @param start as keytool names times: {@code -10d}
     */
    public KeyStore issued(String alias, String subject, String start, int days) {
        return issued(alias, "EC", subject, start, days);
    }

    /** The same with a key for this algorithm, {@code RSA} or {@code EC}. */
    public KeyStore issued(String alias, String algorithm, String subject, String start, int days) {
        keytoolFor(
                alias,
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=" + subject,
                "-startdate",
                start,
                "-validity",
                String.valueOf(days),
                "-signer",
                ALIAS);
        try {
            KeyStore all = opened();
            KeyStore alone = KeyStore.getInstance("PKCS12");
            alone.load(null, null);
            char[] password = PASSWORD.toCharArray();
            alone.setKeyEntry(
                    alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
            return alone;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key with a certificate for this subject that this authority signed, as servers take it. */
    public Certificates issued(String subject) {
        Certificates made = new Certificates();
        KeyStore alone = issued("issued", subject, "-1d", 10);
        try (OutputStream out = Files.newOutputStream(made.store())) {
            alone.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
        return made;
    }

    private void keytool(String... arguments) {
        keytoolFor(ALIAS, arguments);
    }

    private void keytoolFor(String alias, String... arguments) {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "-alias",
                        alias,
                        "-keystore",
                        store().toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Key and certificate as PKCS#12, with {@link #PASSWORD}. */
    public Path store() {
        return folder.resolve("store.p12");
    }

    public String certificatePem() {
        try {
            return pem("CERTIFICATE", opened().getCertificate(ALIAS).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String keyPem() {
        try {
            return pem("PRIVATE KEY", opened().getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore opened() throws GeneralSecurityException {
        KeyStore opened = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            opened.load(in, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return opened;
    }

    private static String pem(String what, byte[] encoded) {
        String base64 = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what);
    }

    @Override
    public void close() {
        Scratch.delete(folder);
    }
}
