package org.patchbay.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;

class AcknowledgementTest {

    private static final Set<String> MINE = Set.of("my:label");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"my:label\",\"x:y\"] | [\"my:label\"]",
                "[\"x:y\"] | []",
                "[] | []",
                " | []"
            })
    void a_subscriber_sees_those_requests_alone_that_it_may_answer(
            @Nullable String requested, String shown) {
        assertThat(
                        Acknowledgement.requesting(event(requested), MINE)
                                .headers()
                                .get("requested-acks"))
                .isEqualTo(shown);
    }

    @Test
    void a_response_asks_for_nothing() {
        Signal response = event(null).respond(204, Headers.EMPTY, null);

        assertThat(Acknowledgement.requesting(response, MINE)).isSameAs(response);
    }

    private static Signal event(@Nullable String requested) {
        return Signal.command(
                TopicPath.parse("org.x/t/things/twin/events/modified"),
                JsonPointer.ROOT,
                requested == null ? Headers.EMPTY : Headers.EMPTY.with("requested-acks", requested),
                null);
    }
}
