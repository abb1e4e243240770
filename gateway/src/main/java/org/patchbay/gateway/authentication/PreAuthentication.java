package org.patchbay.gateway.authentication;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.patchbay.gateway.authentication.Admission.Admitted;
import org.patchbay.protocol.AuthorizationContext;

/**
 * Believes a proxy that authenticated the sender: {@code x-ditto-pre-authenticated: nginx:alice}.
 *
 * @param challenges which other credentials would do
 */
record PreAuthentication(List<String> challenges) implements Authenticator {

    static final String HEADER = "x-ditto-pre-authenticated";

    @Override
    public Optional<CompletionStage<Admission>> authenticate(Caller caller) {
        String value = caller.headers().get(HEADER);
        return value == null
                ? Optional.empty()
                : Optional.of(CompletableFuture.completedFuture(admission(value)));
    }

    private Admission admission(String value) {
        List<String> subjects =
                Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(subject -> !subject.isEmpty())
                        .toList();
        return subjects.isEmpty()
                ? Admission.unauthenticated("The header " + HEADER + " is empty.", challenges)
                : new Admitted(
                        new Identity(subjects.getFirst(), new AuthorizationContext(subjects)));
    }
}
