package org.patchbay.connectivity.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.masking.Secrets;
import org.patchbay.connectivity.model.validation.ConnectionLimits;
import org.patchbay.connectivity.model.validation.ConnectionValidation;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Create;
import org.patchbay.protocol.ProblemException;

/** Of whatever is said about a connection nothing tells its secrets. */
class SecretsStaySecretTest {

    private static final List<String> SECRETS =
            List.of("s3cret-uri", "-secret", "c2VjcmV0", "MIGHAgEAMBMG", "MC4CAQAwBQYDK2Vw");

    /** Of all that may be wrong what is quick and gives every kind of error. */
    private static final List<String> DONE =
            List.of(
                    " without ",
                    "null at",
                    "a boolean",
                    "another text",
                    "control characters",
                    "a wrong percent sign",
                    "an object at");

    static Stream<String> complete() {
        return BadInput.COMPLETE.stream();
    }

    @ParameterizedTest
    @MethodSource("complete")
    void neither_text_nor_error_tells_a_secret_whatever_is_wrong_with_a_field(String name) {
        List<String> told = new ArrayList<>();

        BadInput.cases(name)
                .filter(bad -> DONE.stream().anyMatch(bad.name()::contains))
                .forEach(bad -> {
                    String said = said(withUriSecret(bad.json()));
                    if (SECRETS.stream().anyMatch(said::contains)) {
                        told.add(bad + ": " + said);
                    }
                });

        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("complete")
    void a_masked_connection_tells_none(String name) {
        Connection connection = ConnectionJson.read(withUriSecret(BadInput.complete(name)));

        ObjectNode shown = ConnectionJson.show(Secrets.masked(connection));
        // Values of header mappings are placeholders in most cases, and shown.
        shown.withArray("targets").forEach(target -> ((ObjectNode) target).remove("headerMapping"));

        assertThat(shown.toString()).doesNotContain(SECRETS);
    }

    private static String said(ObjectNode json) {
        try {
            Connection connection = ConnectionJson.readNew(json, "an-id");
            return new Create(connection)
                    + ConnectionValidation.check(connection, ConnectionLimits.DEFAULTS).toString();
        } catch (ProblemException e) {
            return e + e.problem().toJson().toString();
        }
    }

    private static ObjectNode withUriSecret(ObjectNode json) {
        String uri = json.path("uri").asText();
        if (uri.contains("user:")) {
            json.put("uri", uri.replaceFirst("user:[^@]*@", "user:s3cret-uri@"));
        }
        return json;
    }
}
