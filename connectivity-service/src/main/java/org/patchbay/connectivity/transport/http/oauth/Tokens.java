package org.patchbay.connectivity.transport.http.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.transport.endpoint.Unreachable;
import org.patchbay.connectivity.transport.http.wire.Lane;
import org.patchbay.connectivity.transport.http.wire.Request;
import org.patchbay.connectivity.transport.http.wire.Response;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;

/**
 * The token of one client. It is fetched once for all that wait for it, and anew before it expires
 * or when it was refused.
 */
public final class Tokens {

    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;
    private static final int TIMEOUT = 408;

    private final Request request;
    private final Lane lane;
    private final OAuthSettings settings;
    private final InstantSource clock;

    private @Nullable CompletableFuture<Token> current;

    /**
     * @param request for a token
     * @param lane to the token endpoint, used by nobody else
     */
    public Tokens(Request request, Lane lane, OAuthSettings settings, InstantSource clock) {
        this.request = request;
        this.lane = lane;
        this.settings = settings;
        this.clock = clock;
    }

    /** One that holds for a while; fails with {@link NoToken}. */
    public synchronized CompletionStage<Secret> token() {
        CompletableFuture<Token> known = current;
        if (known == null || isOver(known)) {
            known = fetched();
            current = known;
        }
        return known.copy().thenApply(Token::text);
    }

    /** The next request gets another one: whoever was shown this one did not take it. */
    public synchronized void forget(Secret refused) {
        CompletableFuture<Token> known = current;
        if (known != null
                && known.isDone()
                && !known.isCompletedExceptionally()
                && known.join().text().equals(refused)) {
            current = null;
        }
    }

    private boolean isOver(CompletableFuture<Token> known) {
        if (!known.isDone()) {
            return false;
        }
        return known.isCompletedExceptionally()
                || settings.tokensMax() == 0
                || !known.join().holds(clock.instant(), settings.maxClockSkew());
    }

    private CompletableFuture<Token> fetched() {
        return lane.send(request)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(unasked(thrown)))
                .thenApply(this::read)
                .toCompletableFuture();
    }

    private NoToken unasked(Throwable thrown) {
        Throwable why = Unreachable.unwrapped(thrown);
        return NoToken.unavailable("There is no token: " + why.getMessage(), why);
    }

    private Token read(Response response) {
        int status = response.status();
        if (status >= BAD_REQUEST
                && status < SERVER_ERROR
                && status != TOO_MANY
                && status != TIMEOUT) {
            throw NoToken.refused(
                    "The token endpoint "
                            + request.origin()
                            + " refuses the credentials: "
                            + reason(response));
        }
        if (status != 200) {
            throw NoToken.unavailable(
                    "The token endpoint "
                            + request.origin()
                            + " answered with status "
                            + status
                            + ".",
                    null);
        }
        Token token = Token.of(response.body(), clock.instant());
        if (token == null) {
            throw NoToken.unavailable(
                    "The token endpoint " + request.origin() + " answered without a token.", null);
        }
        return token;
    }

    /** The error's code, which quotes nothing of the request. */
    private static String reason(Response response) {
        try {
            JsonNode json = Json.parse(new String(response.body(), StandardCharsets.UTF_8));
            String code = json.path("error").asText("");
            if (code.matches("[\\w.:-]{1,100}")) {
                return response.status() + ", " + code + ".";
            }
        } catch (ProblemException e) {
            // The status has to do.
        }
        return "status " + response.status() + ".";
    }

    /** Ends the connection to the token endpoint. */
    public void close() {
        lane.close();
    }
}
