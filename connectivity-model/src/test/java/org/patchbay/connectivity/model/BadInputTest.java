package org.patchbay.connectivity.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.validation.ConnectionLimits;
import org.patchbay.connectivity.model.validation.ConnectionValidation;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;

class BadInputTest {

    private static final int ERROR_BYTES_MAX = 50_000;

    static Stream<String> complete() {
        return BadInput.COMPLETE.stream();
    }

    @ParameterizedTest
    @MethodSource("complete")
    void a_complete_connection_is_valid_and_written_as_it_was_read(String name) {
        ObjectNode json = BadInput.complete(name);

        Connection connection = ConnectionJson.read(json);

        assertThat(ConnectionValidation.check(connection, ConnectionLimits.DEFAULTS)).isEmpty();
        assertThat(ConnectionJson.write(connection).toPrettyString())
                .isEqualTo(json.toPrettyString());
    }

    /** One test a connection: each runs thousands of cases, and names those that fail. */
    @ParameterizedTest
    @MethodSource("complete")
    void whatever_is_done_to_a_field_is_read_or_refused_as_a_client_s_fault(String name) {
        List<String> faults = new ArrayList<>();

        BadInput.cases(name)
                .forEach(bad -> {
                    String fault = faultOf(bad.json());
                    if (fault != null) {
                        faults.add(bad + ": " + fault);
                    }
                });

        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("complete")
    void a_root_that_is_no_connection_is_refused(String name) {
        for (String json : List.of("[]", "7", "\"" + name + "\"", "null", "true", "{}", "[[{}]]")) {
            Problem problem = refusal(Json.parse(json));

            assertThat(problem).isNotNull();
            assertThat(problem.code()).isIn("json.format.invalid", "json.field.missing");
        }
    }

    @Test
    void many_things_wrong_are_not_all_told() {
        ObjectNode json = BadInput.complete("mqtt");
        json.putArray("tags");
        for (int i = 0; i < 1_000; i++) {
            json.withArray("tags").add(i);
        }

        Problem problem = refusal(json);

        assertThat(problem).isNotNull();
        assertThat(problem.description()).contains("/tags/0: ", "And 980 more.");
    }

    /** What went wrong; null where the input was read, or refused as it should be. */
    private static @Nullable String faultOf(ObjectNode json) {
        try {
            Problem problem = refusal(json);
            if (problem == null) {
                return faultOfRead(json);
            }
            if (problem.status() != 400) {
                return "status " + problem.status();
            }
            return Json.writeBytes(problem.toJson()).length > ERROR_BYTES_MAX ? "too long" : null;
        } catch (RuntimeException | StackOverflowError e) {
            return e.toString();
        }
    }

    /** What was accepted must be stored and read again as it is. */
    private static @Nullable String faultOfRead(ObjectNode json) {
        Connection connection = ConnectionJson.readNew(json, "an-id");
        JsonNode stored = Json.parse(Json.writeBytes(ConnectionJson.write(connection)));
        JsonNode again = ConnectionJson.write(ConnectionJson.read(stored));
        return again.equals(stored) ? null : "read again as something else";
    }

    private static @Nullable Problem refusal(JsonNode json) {
        try {
            Optional<Problem> problem =
                    ConnectionValidation.check(
                            ConnectionJson.readNew(json, "an-id"), ConnectionLimits.DEFAULTS);
            return problem.orElse(null);
        } catch (ProblemException e) {
            return e.problem();
        }
    }
}
