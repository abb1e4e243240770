package org.patchbay.gateway.authentication.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer: fetched when first wanted, then again when they are old, and when a token
 * names one that is not among them. There is one fetch at a time, and however many tokens name
 * unknown keys, they don't cause more than one in an interval.
 */
final class IssuerKeys {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    /** A token without a key's name is tried with so many keys. */
    private static final int CANDIDATES_MAX = 10;

    private final IssuerAddress address;
    private final Documents documents;
    private final KeySettings settings;
    private final InstantSource clock;

    private @Nullable Keys keys;
    private @Nullable CompletableFuture<Keys> underWay;
    private Instant failedAt = Instant.MIN;
    private Instant soughtAt = Instant.MIN;

    private record Keys(JWKSet set, Instant at) {}

    /** The issuer's keys can't be had. */
    static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    IssuerKeys(
            IssuerAddress address, Documents documents, KeySettings settings, InstantSource clock) {
        this.address = address;
        this.documents = documents;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The keys that may have signed what has this header, none where there is no such key. Fails
     * with an {@link UnavailableException}.
     */
    CompletionStage<List<JWK>> matching(JWSHeader header) {
        return current()
                .thenCompose(known -> {
                    List<JWK> found = select(known, header);
                    return found.isEmpty()
                            ? newerThan(known).thenApply(newer -> select(newer, header))
                            : CompletableFuture.completedFuture(found);
                });
    }

    private static List<JWK> select(Keys keys, JWSHeader header) {
        List<JWK> found = new JWKSelector(JWKMatcher.forJWSHeader(header)).select(keys.set());
        return found.size() <= CANDIDATES_MAX ? found : found.subList(0, CANDIDATES_MAX);
    }

    private synchronized CompletionStage<Keys> current() {
        Keys known = keys;
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.at().plus(settings.lifetime()))) {
            return CompletableFuture.completedFuture(known);
        }
        boolean failedLately = now.isBefore(failedAt.plus(settings.refreshIntervalMin()));
        CompletionStage<Keys> fetched =
                failedLately && underWay == null
                        ? CompletableFuture.failedFuture(
                                new UnavailableException("It did not answer a moment ago", null))
                        : fetch();
        return known != null && now.isBefore(known.at().plus(settings.outageMax()))
                ? fetched.exceptionally(_ -> known)
                : fetched;
    }

    /** What may know more than these keys, which lack one; the same ones where it is too early. */
    private synchronized CompletionStage<Keys> newerThan(Keys known) {
        Keys latest = keys;
        if (latest != null && latest != known) {
            return CompletableFuture.completedFuture(latest);
        }
        Instant now = clock.instant();
        if (underWay == null && now.isBefore(soughtAt.plus(settings.refreshIntervalMin()))) {
            return CompletableFuture.completedFuture(known);
        }
        if (underWay == null) {
            soughtAt = now;
        }
        return fetch().exceptionally(_ -> known);
    }

    /** Joins the fetch that is under way or starts one. */
    private synchronized CompletableFuture<Keys> fetch() {
        CompletableFuture<Keys> running = underWay;
        if (running != null) {
            return running;
        }
        CompletableFuture<Keys> started = new CompletableFuture<>();
        underWay = started;
        document(address.discovery())
                .thenCompose(description -> document(keysAddress(description)))
                .thenApply(IssuerKeys::parse)
                .whenComplete((set, failure) -> fetched(started, set, failure));
        return started;
    }

    private CompletionStage<byte[]> document(URI uri) {
        try {
            return documents.fetch(uri);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void fetched(
            CompletableFuture<Keys> started, @Nullable JWKSet set, @Nullable Throwable failure) {
        Instant now = clock.instant();
        Keys fetched = set == null ? null : new Keys(set, now);
        synchronized (this) {
            underWay = null;
            if (fetched == null) {
                failedAt = now;
            } else {
                keys = fetched;
            }
        }
        if (fetched != null) {
            LOG.atDebug()
                    .addKeyValue("issuer", address)
                    .addKeyValue("keys", fetched.set().size())
                    .log("The keys of an issuer of tokens were fetched.");
            started.complete(fetched);
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        LOG.atWarn()
                .addKeyValue("issuer", address)
                .addKeyValue("cause", String.valueOf(cause))
                .log("The keys of an issuer of tokens can't be fetched.");
        started.completeExceptionally(
                new UnavailableException("The keys of " + address + " can't be fetched", cause));
    }

    /** Where the keys are; an issuer must call itself what tokens call it, and stay with HTTPS. */
    private URI keysAddress(byte[] description) {
        JsonNode json = Json.parse(description);
        String self = json.path("issuer").asText();
        if (!IssuerAddress.place(self).equals(address.place())) {
            throw new IllegalStateException("it calls itself '" + self + "'");
        }
        URI keysAddress = URI.create(json.path("jwks_uri").asText());
        boolean secure = "https".equalsIgnoreCase(keysAddress.getScheme());
        boolean plain = "http".equalsIgnoreCase(keysAddress.getScheme());
        if (keysAddress.getHost() == null
                || !(secure || plain && address.protocol().equals("http"))) {
            throw new IllegalStateException("its jwks_uri is '" + keysAddress + "'");
        }
        return keysAddress;
    }

    private static JWKSet parse(byte[] document) {
        try {
            return JWKSet.parse(new String(document, StandardCharsets.UTF_8)).toPublicJWKSet();
        } catch (ParseException e) {
            throw new IllegalStateException("its keys can't be read: " + e.getMessage(), e);
        }
    }
}
