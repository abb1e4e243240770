package org.patchbay.gateway.authentication;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Headers;

/**
 * Believes a proxy that authenticated the sender: {@code x-ditto-pre-authenticated: nginx:alice}.
 */
final class PreAuthentication implements Authenticator {

    static final String HEADER = "x-ditto-pre-authenticated";

    @Override
    public Optional<CompletionStage<Optional<Identity>>> authenticate(Headers headers) {
        String value = headers.get(HEADER);
        return value == null
                ? Optional.empty()
                : Optional.of(CompletableFuture.completedFuture(identity(value)));
    }

    private static Optional<Identity> identity(String value) {
        List<String> subjects =
                Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(subject -> !subject.isEmpty())
                        .toList();
        return subjects.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Identity(subjects.getFirst(), new AuthorizationContext(subjects)));
    }
}
