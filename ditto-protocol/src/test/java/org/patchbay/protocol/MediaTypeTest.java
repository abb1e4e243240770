package org.patchbay.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.Charset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypeTest {

    @ParameterizedTest
    @CsvSource({
        "application/json, UTF-8",
        "application/json; charset=utf-8, UTF-8",
        "application/json; charset=ISO-8859-1, ISO-8859-1",
        "application/vnd.acme+json;charset=utf-16, UTF-16"
    })
    void json_is_read_by_the_charset_that_is_named(String contentType, String charset) {
        byte[] payload = "\"Küche\"".getBytes(Charset.forName(charset));

        JsonNode value = MediaType.of(contentType).value(payload);

        assertThat(value).isEqualTo(TextNode.valueOf("Küche"));
    }
}
