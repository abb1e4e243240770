package org.patchbay.gateway.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID Connect issuer that serves its description and its keys over HTTP. */
public final class TestIssuer implements AutoCloseable {

    private static final String KEYS = "/keys";

    private final InstantSource clock;
    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger generation = new AtomicInteger();
    private volatile List<JWK> keys = List.of();
    private volatile boolean broken;
    private volatile String description;

    private TestIssuer(InstantSource clock, HttpServer server) {
        this.clock = clock;
        this.server = server;
        this.description =
                "{\"issuer\": \"%s\", \"jwks_uri\": \"%s\"}".formatted(url(), url() + KEYS);
    }

    /**
     * @param clock of its tokens
     */
    public static TestIssuer start(InstantSource clock) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        TestIssuer issuer = new TestIssuer(clock, server);
        server.createContext(
                "/realm/.well-known/openid-configuration",
                exchange -> issuer.answer(exchange, issuer.description));
        server.createContext(
                "/realm" + KEYS,
                exchange -> {
                    issuer.fetches.incrementAndGet();
                    issuer.answer(exchange, new JWKSet(issuer.keys).toString());
                });
        server.start();
        issuer.rotate();
        return issuer;
    }

    /** Without protocol, as it stands in settings. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort() + "/realm";
    }

    public String url() {
        return "http://" + address();
    }

    /** How often its keys were fetched. */
    public int fetches() {
        return fetches.get();
    }

    /** Replaces all keys by new ones: RSA, and one for each curve. */
    public void rotate() {
        int next = generation.incrementAndGet();
        try {
            publish(
                    rsa("rsa-" + next),
                    new ECKeyGenerator(Curve.P_256).keyID("p256-" + next).generate(),
                    new ECKeyGenerator(Curve.P_384).keyID("p384-" + next).generate(),
                    new ECKeyGenerator(Curve.P_521).keyID("p521-" + next).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public void publish(JWK... all) {
        keys = List.of(all);
    }

    public void publishAlso(JWK key) {
        List<JWK> more = new ArrayList<>(keys);
        more.add(key);
        keys = more;
    }

    /** From now on it answers with errors; or it recovers. */
    public void breakDown(boolean isBroken) {
        broken = isBroken;
    }

    public void describe(String newDescription) {
        description = newDescription;
    }

    public RSAKey rsaKey() {
        return keys.stream()
                .filter(key -> key instanceof RSAKey)
                .map(JWK::toRSAKey)
                .findFirst()
                .orElseThrow();
    }

    public ECKey ecKey(Curve curve) {
        return keys.stream()
                .filter(key -> key instanceof ECKey)
                .map(JWK::toECKey)
                .filter(key -> key.getCurve().equals(curve))
                .findFirst()
                .orElseThrow();
    }

    /** The claims of a good token of alice; null takes one away. */
    public Map<String, Object> claims(Map<String, Object> others) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", url());
        claims.put("sub", "alice");
        claims.put("aud", "patchbay");
        claims.put("iat", now - 60);
        claims.put("exp", now + 300);
        others.forEach((name, value) -> {
            if (value.equals("")) {
                claims.remove(name);
            } else {
                claims.put(name, value);
            }
        });
        return claims;
    }

    /** A good token of alice. */
    public String token() {
        return token(Map.of());
    }

    /** A well-signed token whose claims differ from a good one's. */
    public String token(Map<String, Object> others) {
        return sign(JWSAlgorithm.RS256, rsaKey(), claims(others));
    }

    public static String sign(JWSAlgorithm algorithm, JWK key, Map<String, Object> claims) {
        return sign(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), key, claims);
    }

    /** Signs under any header, with any key. */
    public static String sign(JWSHeader header, JWK key, Map<String, Object> claims) {
        try {
            JWSSigner signer =
                    key instanceof RSAKey rsa
                            ? new RSASSASigner(
                                    rsa.toRSAPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()))
                            : new ECDSASigner(key.toECKey());
            JWSObject jws = new JWSObject(header, new Payload(claims));
            jws.sign(signer);
            return jws.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static RSAKey rsa(String id) {
        return rsa(id, 2048, KeyUse.SIGNATURE);
    }

    public static RSAKey rsa(String id, int bits, KeyUse use) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(id).keyUse(use).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = exchange.getResponseBody()) {
            if (broken) {
                exchange.sendResponseHeaders(500, -1);
            } else {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, bytes.length);
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
