package org.patchbay.connectivity.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.validation.ConnectionLimits;
import org.patchbay.connectivity.model.validation.ConnectionValidation;
import org.patchbay.protocol.json.Json;

/** The connections that docs/connections.md shows can be created as they stand there. */
class DocumentedExamplesTest {

    private static final Path PAGE = Path.of("..", "docs", "connections.md");
    private static final Pattern EXAMPLE = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

    static Stream<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(PAGE)).results().map(DocumentedExamplesTest::json);
    }

    private static String json(MatchResult example) {
        return example.group(1);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_is_a_valid_connection(String json) {
        assertThat(
                        ConnectionValidation.check(
                                ConnectionJson.read(Json.parse(json), "climate"),
                                ConnectionLimits.DEFAULTS))
                .isEmpty();
    }
}
