package org.patchbay.gateway.authentication.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.patchbay.gateway.authentication.token.IssuerKeys.UnavailableException;
import org.patchbay.gateway.authentication.token.Verdict.Forged;
import org.patchbay.gateway.authentication.token.Verdict.Rejected;
import org.patchbay.gateway.authentication.token.Verdict.Valid;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.placeholder.Resolution;
import org.patchbay.protocol.placeholder.Template;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes tokens through all checks: form, issuer, signature, times, audience, subjects. */
public final class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    /** Asymmetric ones only: with others, who can check a token can also make one. */
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private static final int LENGTH_MAX = 16 << 10;
    private static final int RSA_BITS_MIN = 2048;
    private static final int SUBJECTS_MAX = 1000;

    private final List<Issuer> issuers;
    private final TimeRules times;

    private record Issuer(IssuerAddress address, IssuerSettings settings, IssuerKeys keys) {}

    /**
     * A token that was read, and of which nothing is believed yet.
     *
     * @param user whom it claims to be of, whoever made it
     */
    public record Unverified(JWSObject jws, JsonNode claims, String user) {}

    public Tokens(TokenSettings settings, Documents documents, InstantSource clock) {
        List<Issuer> all = new ArrayList<>();
        for (IssuerSettings issuer : settings.issuers()) {
            for (IssuerAddress address : issuer.addresses()) {
                all.add(
                        new Issuer(
                                address,
                                issuer,
                                new IssuerKeys(address, documents, settings.keys(), clock)));
            }
        }
        this.issuers = List.copyOf(all);
        this.times = new TimeRules(settings.clockSkew(), clock);
    }

    /** Reads a token; null where the text is none that could ever be believed. */
    public static @Nullable Unverified read(String text) {
        if (text.length() > LENGTH_MAX) {
            return null;
        }
        try {
            JWSObject jws = JWSObject.parse(text);
            JsonNode claims = Json.parse(jws.getPayload().toBytes());
            return ALGORITHMS.contains(jws.getHeader().getAlgorithm().getName())
                            && claims.isObject()
                    ? new Unverified(jws, claims, text(claims, "iss") + " " + text(claims, "sub"))
                    : null;
        } catch (ParseException | ProblemException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Checks a token. Never fails. */
    public CompletionStage<Verdict> verify(Unverified token) {
        Optional<Issuer> issuer =
                issuers.stream()
                        .filter(one -> one.address().isMeantBy(text(token.claims(), "iss")))
                        .findFirst();
        return issuer.isEmpty()
                ? CompletableFuture.completedFuture(
                        new Forged("Its issuer is none of those that are trusted here."))
                : issuer.get()
                        .keys()
                        .matching(token.jws().getHeader())
                        .handle((keys, failure) -> verdict(token, issuer.get(), keys, failure));
    }

    private Verdict verdict(
            Unverified token,
            Issuer issuer,
            @Nullable List<JWK> keys,
            @Nullable Throwable failure) {
        if (keys == null) {
            return unknown(issuer, failure);
        }
        if (keys.isEmpty()) {
            return new Forged("Its issuer has no key of that name and kind.");
        }
        if (keys.stream().noneMatch(key -> isSignedWith(key, token.jws()))) {
            return new Forged("Its signature is wrong.");
        }
        String fault = times.fault(token.claims());
        if (fault != null) {
            return new Rejected(fault);
        }
        if (!isForUs(issuer.settings().audiences(), token.claims())) {
            return new Rejected("It is meant for another audience.");
        }
        Claims claims = new Claims(token.claims());
        Set<String> subjects = subjects(issuer.settings(), claims);
        return subjects.isEmpty()
                ? new Rejected("It has none of the claims that subjects are made of here.")
                : new Valid(
                        List.copyOf(subjects),
                        headers(issuer.settings(), claims),
                        times.end(token.claims()));
    }

    private static Verdict unknown(Issuer issuer, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof UnavailableException)) {
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("issuer", issuer.address())
                    .log("A token could not be checked.");
        }
        return new Verdict.Unknown(issuer.address().toString());
    }

    private static boolean isSignedWith(JWK key, JWSObject jws) {
        try {
            JWSVerifier verifier =
                    switch (key) {
                        case RSAKey rsa when rsa.size() >= RSA_BITS_MIN -> new RSASSAVerifier(rsa);
                        case ECKey ec -> new ECDSAVerifier(ec);
                        default -> null;
                    };
            return verifier != null && jws.verify(verifier);
        } catch (JOSEException | IllegalStateException e) {
            return false;
        }
    }

    private static boolean isForUs(Set<String> audiences, JsonNode claims) {
        List<String> named = new Claims(claims).values(Claims.FAMILY, "aud");
        return audiences.isEmpty() || named != null && named.stream().anyMatch(audiences::contains);
    }

    /** What a template can't be resolved to is left out. */
    private static Set<String> subjects(IssuerSettings issuer, Claims claims) {
        Set<String> subjects = new LinkedHashSet<>();
        for (Template template : issuer.subjects()) {
            for (String value : values(template, claims)) {
                if (!value.isBlank() && subjects.size() < SUBJECTS_MAX) {
                    subjects.add(issuer.name() + ":" + value);
                }
            }
        }
        return subjects;
    }

    private static Headers headers(IssuerSettings issuer, Claims claims) {
        Map<String, String> headers = new LinkedHashMap<>();
        issuer.headers()
                .forEach((name, template) -> {
                    String value = String.join(",", values(template, claims));
                    if (!value.isEmpty() && value.chars().noneMatch(Character::isISOControl)) {
                        headers.put(name, value);
                    }
                });
        return Headers.of(headers);
    }

    private static List<String> values(Template template, Claims claims) {
        return template.resolve(claims) instanceof Resolution.Resolved(var values)
                ? values
                : List.of();
    }

    private static String text(JsonNode claims, String name) {
        return claims.path(name).isTextual() ? claims.get(name).textValue() : "";
    }
}
