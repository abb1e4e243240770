package org.patchbay.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchedDocumentsTest {

    private static final CountDownLatch STOPPED = new CountDownLatch(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static ActorTestKit kit;
    private static HttpServer server;
    private static String base;

    @BeforeAll
    static void start() throws Exception {
        kit = ActorTestKit.create();
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        serve("/good", 200, "{}");
        serve("/missing", 404, "{}");
        serve("/large", 200, "x".repeat(2 << 20));
        server.createContext(
                "/elsewhere",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "/good");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        server.createContext(
                "/slow",
                exchange -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                    await(STOPPED);
                    exchange.close();
                });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterAll
    static void stop() {
        STOPPED.countDown();
        server.stop(0);
        kit.shutdownTestKit();
    }

    @Test
    void a_document_is_fetched() {
        assertThat(fetch(settings(null, List.of()), base + "/good")).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/missing", "/large", "/elsewhere"})
    void what_is_missing_large_or_moved_is_not(String path) {
        assertThatThrownBy(() -> fetch(settings(null, List.of()), base + path))
                .isInstanceOf(CompletionException.class);
    }

    @Test
    void what_does_not_come_to_its_end_is_given_up() {
        FetchSettings impatient = new FetchSettings(Duration.ofMillis(200), null, List.of());

        assertThatThrownBy(() -> fetch(impatient, base + "/slow"))
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void where_nobody_listens_there_is_no_document() {
        assertThatThrownBy(() -> fetch(settings(null, List.of()), "http://127.0.0.1:1/"))
                .isInstanceOf(CompletionException.class);
    }

    @Test
    void a_proxy_is_asked_to_connect_with_its_credentials() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.start()) {
            FetchSettings settings =
                    settings(
                            new FetchSettings.Proxy("127.0.0.1", proxy.port(), "me", "s3cret"),
                            List.of());

            assertThat(fetch(settings, base + "/good")).isEqualTo("{}");
            assertThat(proxy.request())
                    .startsWith("CONNECT 127.0.0.1:" + server.getAddress().getPort())
                    .contains(
                            "Proxy-Authorization: Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(
                                                    "me:s3cret".getBytes(StandardCharsets.UTF_8)));
            assertThat(settings.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void a_certificate_of_its_own_is_trusted_when_the_operator_says_so(@TempDir Path folder)
            throws Exception {
        Path certificate = selfSigned(folder);
        HttpsServer secure = secure(folder.resolve("keys.p12"));
        try {
            String address = "https://127.0.0.1:" + secure.getAddress().getPort() + "/";

            assertThat(fetch(settings(null, List.of(certificate)), address)).isEqualTo("secure");
            assertThatThrownBy(() -> fetch(settings(null, List.of()), address))
                    .isInstanceOf(CompletionException.class);
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void files_of_certificates_stand_in_one_of_two_settings(@TempDir Path folder) throws Exception {
        String certificate = selfSigned(folder).toString();

        FetchSettings settings =
                read(
                        Map.of(
                                "patchbay.gateway.issuer-keys.certificates",
                                certificate,
                                "ssl-config.trustManager.stores",
                                List.of(Map.of("type", "PEM", "path", certificate))));

        assertThat(settings.certificates())
                .containsExactly(Path.of(certificate), Path.of(certificate));
    }

    @ParameterizedTest
    @CsvSource({
        "patchbay.gateway.issuer-keys.fetch-timeout = 0s,                  fetch-timeout",
        "patchbay.gateway.issuer-keys.certificates = /nope,                certificates",
        "ditto.gateway.authentication.http.proxy.enabled = true,           hostname",
        "ditto.gateway.authentication.http.proxy { enabled = true  hostname = x }, port",
        "ditto.gateway.authentication.http.proxy { enabled = true  port = x },     port",
        "ssl-config.trustManager.stores = [{ type = JKS  path = x }],      PEM"
    })
    void a_wrong_setting_is_named(String setting, String named) {
        assertThatThrownBy(() ->
                        FetchSettings.of(
                                ConfigFactory.parseString(setting.replace("  ", "\n"))
                                        .withFallback(ConfigFactory.load())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(named);
    }

    private static FetchSettings read(Map<String, Object> settings) {
        return FetchSettings.of(
                ConfigFactory.parseMap(settings).withFallback(ConfigFactory.load()));
    }

    private static FetchSettings settings(
            FetchSettings.@Nullable Proxy proxy, List<Path> certificates) {
        return new FetchSettings(TIMEOUT, proxy, certificates);
    }

    private static String fetch(FetchSettings settings, String address) {
        byte[] document =
                new FetchedDocuments(kit.system(), settings)
                        .fetch(URI.create(address))
                        .toCompletableFuture()
                        .join();
        return new String(document, StandardCharsets.UTF_8);
    }

    private static void serve(String path, int status, String body) {
        server.createContext(
                path,
                exchange -> {
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    try (var out = exchange.getResponseBody()) {
                        out.write(bytes);
                    }
                });
    }

    private static HttpsServer secure(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(context));
        secure.createContext(
                "/",
                exchange -> {
                    byte[] bytes = "secure".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length);
                    try (var out = exchange.getResponseBody()) {
                        out.write(bytes);
                    }
                });
        secure.start();
        return secure;
    }

    /** Makes a key in keys.p12 and its certificate as PEM. */
    private static Path selfSigned(Path folder) throws Exception {
        Path certificate = folder.resolve("certificate.pem");
        keytool(
                folder,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=x",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(folder, "-exportcert", "-rfc", "-file", certificate.toString());
        return certificate;
    }

    private static void keytool(Path folder, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/keytool")
                                        .toString()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "-alias",
                        "key",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        folder.resolve("keys.p12").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
