package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.patchbay.cluster.node.ScratchFolder;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Secret;

/**
 * An installed OpenSSH server as a process of its own, with keys of its own, that lets in whoever
 * runs the tests, by keys that it was told of.
 */
public final class OpenSsh implements AutoCloseable {

    /** The host keys that it has. */
    public static final List<String> FAMILIES = List.of("ecdsa", "ed25519", "rsa");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path BINARY = Path.of("/usr/sbin/sshd");
    private static final String ROOT = "root";

    private final int port = Scratch.freePort();
    private final Path folder = ScratchFolder.named("openssh");
    private final String user = System.getProperty("user.name");
    private final Process running;

    private OpenSsh() {
        try {
            for (String family : FAMILIES) {
                said("ssh-keygen", "-q", "-t", family, "-N", "", "-f", hostKey(family).toString());
            }
            if (user.equals(ROOT)) {
                // Debian's unit would make it.
                Files.createDirectories(Path.of("/run/sshd"));
            }
            Files.createFile(authorizedKeys());
            Path config = Files.writeString(folder.resolve("sshd_config"), config());
            running =
                    new ProcessBuilder(BINARY.toString(), "-D", "-e", "-f", config.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("sshd.log").toFile())
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("sshd listens").atMost(PATIENCE).until(() -> Scratch.listens(port));
    }

    /** Skips the test where it is not installed, or fails it where it has to be. */
    public static OpenSsh startedOrSkipped() {
        if (!Files.isExecutable(BINARY)) {
            String missing = "sshd is not installed: apt-get install openssh-server";
            if (Boolean.parseBoolean(System.getenv("PATCHBAY_REQUIRE_BROKERS"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        return new OpenSsh();
    }

    private String config() {
        var config = new StringBuilder();
        FAMILIES.forEach(family -> config.append("HostKey ").append(hostKey(family)).append('\n'));
        return config.append(
                        """
                        ListenAddress 127.0.0.1
                        Port %d
                        PidFile none
                        AuthorizedKeysFile %s
                        StrictModes no
                        UsePAM no
                        PasswordAuthentication no
                        KbdInteractiveAuthentication no
                        PermitRootLogin prohibit-password
                        AllowTcpForwarding local
                        """
                                .formatted(port, authorizedKeys()))
                .toString();
    }

    private Path hostKey(String family) {
        return folder.resolve("host_" + family);
    }

    private Path authorizedKeys() {
        return folder.resolve("authorized_keys");
    }

    /** What {@code ssh-keygen -l} says of a host key. */
    public String fingerprint(String family, String algorithm) {
        return said("ssh-keygen", "-l", "-E", algorithm, "-f", hostKey(family) + ".pub")
                .split(" ")[1];
    }

    /**
     * Lets in the user with this key from now on, as far as that.
     *
     * @param opens where to, {@code HOST:PORT}
     */
    public void authorize(KeyPair key, String opens) {
        try {
            Path pem =
                    Files.writeString(
                            folder.resolve("key.pub.pem"),
                            SshServer.pem("PUBLIC KEY", key.getPublic()) + "\n");
            String line = said("ssh-keygen", "-i", "-m", "PKCS8", "-f", pem.toString());
            Files.writeString(
                    authorizedKeys(),
                    "restrict,port-forwarding,permitopen=\"" + opens + "\" " + line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The way through it. */
    public SshTunnel tunnel(KeyPair key, String fingerprint) {
        return new SshTunnel(
                true,
                ConnectionUri.parse("ssh://127.0.0.1:" + port),
                new Credentials.PublicKey(
                        user,
                        SshServer.pem("PUBLIC KEY", key.getPublic()),
                        new Secret(SshServer.pem("PRIVATE KEY", key.getPrivate()))),
                true,
                List.of(fingerprint));
    }

    public int port() {
        return port;
    }

    /** Those that serve clients do nothing any more, and their connections stay. */
    public void fallSilent() {
        running.descendants().forEach(one -> said("kill", "-STOP", Long.toString(one.pid())));
    }

    private static String said(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command[0] + ": " + said);
            }
            return said.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(running.descendants().toList());
        all.add(running.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ScratchFolder.delete(folder);
    }
}
