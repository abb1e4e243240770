package org.patchbay.connectivity.transport.http;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Credentials.Hmac;
import org.patchbay.connectivity.model.credentials.Credentials.OAuthClientCredentials;
import org.patchbay.connectivity.model.credentials.Credentials.OAuthPassword;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.http.oauth.TokenRequest;
import org.patchbay.connectivity.transport.http.oauth.Tokens;
import org.patchbay.connectivity.transport.http.signing.RequestSigning;
import org.patchbay.connectivity.transport.http.signing.RequestSigning.Signer;
import org.patchbay.connectivity.transport.http.signing.UnsignedRequest;
import org.patchbay.connectivity.transport.http.wire.Lane;
import org.patchbay.connectivity.transport.http.wire.Request;
import org.patchbay.connectivity.transport.http.wire.Way;

/** How requests show whose they are. */
interface Authentication {

    String HEADER = "Authorization";

    /** The request as it is sent. */
    CompletionStage<Request> applied(Request request);

    /**
     * Told when a request was refused.
     *
     * @return whether it is worth another try, with other credentials
     */
    default boolean renew(Request refused) {
        return false;
    }

    default void close() {}

    /**
     * What a connection's credentials ask for; a user in the uri is shown where there are none.
     *
     * @param tokens the way to a token endpoint
     * @throws Failure that says what of them can't be used
     */
    static Authentication of(
            Connection connection, HttpConfig config, Way tokens, InstantSource clock) {
        return switch (connection.credentials()) {
            case Hmac hmac -> new Signed(signer(hmac, config), clock);
            case OAuthClientCredentials oauth ->
                    bearer(
                            TokenRequest.of(oauth, config.oauth().enforceHttps()),
                            config,
                            tokens,
                            clock);
            case OAuthPassword oauth ->
                    bearer(
                            TokenRequest.of(oauth, config.oauth().enforceHttps()),
                            config,
                            tokens,
                            clock);
            case Credentials.Plain _, Credentials.ClientCertificate _, Credentials.PublicKey _ ->
                    basic(Endpoint.of(connection));
            case null -> basic(Endpoint.of(connection));
        };
    }

    private static Authentication basic(Endpoint endpoint) {
        @Nullable String username = endpoint.username();
        if (username == null) {
            return CompletableFuture::completedFuture;
        }
        Secret password = endpoint.password();
        String user = username + ":" + (password == null ? "" : password.reveal());
        String text =
                "Basic "
                        + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return request ->
                CompletableFuture.completedFuture(
                        request.with(request.headers().with(HEADER, text)));
    }

    private static Authentication bearer(
            Request request, HttpConfig config, Way way, InstantSource clock) {
        Lane lane = new Lane(way, request.origin());
        return new Bearer(new Tokens(request, lane, config.oauth(), clock));
    }

    private static Signer signer(Hmac hmac, HttpConfig config) {
        RequestSigning algorithm = config.algorithms().get(hmac.algorithm());
        if (algorithm == null) {
            throw Failure.byUser(
                            "There is no algorithm '"
                                    + hmac.algorithm()
                                    + "' for http-push. There are: "
                                    + String.join(
                                            ", ",
                                            config.algorithms().keySet().stream().sorted().toList())
                                    + ".",
                            null)
                    .in(Layer.CONFIGURATION);
        }
        try {
            return algorithm.signer(hmac.parameters());
        } catch (IllegalArgumentException e) {
            throw Failure.byUser(String.valueOf(e.getMessage()), null).in(Layer.CONFIGURATION);
        }
    }

    /** With a signature of its own for each request. */
    record Signed(Signer signer, InstantSource clock) implements Authentication {
        @Override
        public CompletionStage<Request> applied(Request request) {
            var unsigned =
                    new UnsignedRequest(
                            request.method(),
                            request.origin().authority(),
                            request.path(),
                            request.query(),
                            request.headers(),
                            request.body());
            return CompletableFuture.completedFuture(
                    request.with(
                            request.headers().withAll(signer.sign(unsigned, clock.instant()))));
        }
    }

    /** With a token that is fetched when there is none. */
    record Bearer(Tokens tokens) implements Authentication {

        private static final String SCHEME = "Bearer ";

        @Override
        public CompletionStage<Request> applied(Request request) {
            return tokens.token()
                    .thenApply(token ->
                            request.with(request.headers().with(HEADER, SCHEME + token.reveal())));
        }

        /** It may have been revoked before its time. */
        @Override
        public boolean renew(Request refused) {
            String shown = refused.headers().getOr(HEADER, SCHEME);
            tokens.forget(new Secret(shown.substring(SCHEME.length())));
            return true;
        }

        @Override
        public void close() {
            tokens.close();
        }
    }
}
