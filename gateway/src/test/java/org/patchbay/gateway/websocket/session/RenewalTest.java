package org.patchbay.gateway.websocket.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.patchbay.gateway.authentication.Admission;
import org.patchbay.gateway.authentication.Admission.Admitted;
import org.patchbay.gateway.authentication.Admission.Refused;
import org.patchbay.gateway.authentication.Identity;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.header.Headers;

class RenewalTest {

    private static final Identity ALICE = identity("https://idp alice", "users:alice");

    @Test
    void a_token_of_the_same_owner_takes_the_place_of_the_first_with_its_subjects() {
        Identity more = identity("https://idp alice", "users:night");

        assertThat(renewal(new Admitted(more))).isEqualTo(new Renewal.Prolonged(more));
    }

    @Test
    void one_of_somebody_else_ends_the_session_as_does_one_that_is_no_token() {
        assertThat(renewal(new Admitted(identity("https://idp mallory", "users:alice"))))
                .isInstanceOf(Renewal.Ended.class);
        assertThat(
                        renewal(
                                new Admitted(
                                        new Identity(
                                                "alice", AuthorizationContext.of("users:alice")))))
                .isInstanceOf(Renewal.Ended.class);
    }

    @Test
    void one_that_is_refused_ends_the_session() {
        assertThat(renewal(refused(401))).isInstanceOf(Renewal.Ended.class);
        assertThat(renewal(refused(429))).isInstanceOf(Renewal.Ended.class);
    }

    @Test
    void one_that_nobody_can_look_at_changes_nothing() {
        assertThat(renewal(refused(503))).isInstanceOf(Renewal.Undecided.class);
        assertThat(renewal(null)).isInstanceOf(Renewal.Undecided.class);
    }

    private static Renewal renewal(@Nullable Admission admission) {
        return Renewal.of(ALICE, admission, "session");
    }

    private static Refused refused(int status) {
        return new Refused(Problem.of(status, "some:code", "No."), List.of(), null);
    }

    private static Identity identity(String owner, String subject) {
        return new Identity(
                subject,
                AuthorizationContext.of(subject),
                Headers.EMPTY,
                new Identity.Token(owner, Instant.MAX));
    }
}
