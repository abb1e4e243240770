package org.patchbay.protocol.rql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;

/** What Ditto's page on RQL says of each operator, and where an expression is wrong. */
class DocumentedRqlTest {

    private static final JsonNode THING =
            Json.parse(
                    """
                    {"thingId": "A000",
                     "attributes": {"owner": "SID123", "location": "living-room", "floor": "upper floor",
                       "key1": "known-chars-at-end", "tags": ["default", "x"], "zero": 0, "no": false,
                       "null": null, "array": [], "object": {}, "text": "", "a/b": "slash", "t~": "tilde",
                       "readyUntil": "2026-01-01T00:00:01Z"},
                     "features": {"feature_1": {}, "lamp": {"properties": {"on": true}}}}\
                    """);

    private static final Map<Property, String> SIGNAL =
            Map.of(
                    new Property.Placeholder("topic", "action"), "created",
                    new Property.Placeholder("resource", "path"), "/",
                    new Property.Placeholder("time", "now"), "2026-01-01T00:00:00Z");

    private static final Rql.Subject EVENT =
            new Rql.Subject() {
                @Override
                public @Nullable JsonNode value(Property property) {
                    String text = SIGNAL.get(property);
                    return property instanceof Property.Field(var at)
                            ? at.in(THING)
                            : text == null ? null : TextNode.valueOf(text);
                }

                @Override
                public Instant now() {
                    return Instant.parse("2026-01-01T00:00:00Z");
                }
            };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "eq(attributes/location,\"kitchen\") | false",
                "eq(/attributes/location,'living-room') | true",
                "eq(attributes/owner,\"SID123\") | true",
                "ne(attributes/owner,\"SID123\") | false",
                "gt(thingId,\"A000\") | false",
                "ge(thingId,\"A000\") | true",
                "lt(thingId,\"A001\") | true",
                "le(thingId,\"A000\") | true",
                "in(thingId,\"A000\",\"AB00\",\"AZ99\") | true",
                "in(attributes/tags,\"y\",\"x\") | true",
                "like(attributes/key1,\"*known-chars-at-end\") | true",
                "like(attributes/key1,\"known-chars*\") | true",
                "like(attributes/key1,\"*chars*\") | true",
                "like(attributes/key1,\"kn?wn-char?-*\") | true",
                "like(attributes/key1,\"*KNOWN-chars-at-end\") | false",
                "ilike(attributes/key1,\"*known-CHARS-at-end\") | true",
                "ilike(attributes/key1,\"KNOWN-CHARS-AT-???\") | true",
                "exists(features/feature_1) | true",
                "and(exists(features/lamp),eq(attributes/location,\"living-room\")) | true",
                "empty(attributes/tags) | false",
                "not(empty(attributes/tags)) | true",
                "or(empty(attributes/tags),eq(attributes/tags,\"default\")) | true",
                "empty(attributes/nope) | true",
                "empty(attributes/null) | true",
                "empty(attributes/array) | true",
                "empty(attributes/object) | true",
                "empty(attributes/text) | true",
                "empty(attributes/zero) | false",
                "empty(attributes/no) | false",
                "and(eq(attributes/floor,\"upper floor\"),eq(attributes/location,\"living-room\")) | true",
                "not(like(thingId,\"org.eclipse.ditto:blocked*\")) | true",
                "and(in(topic:action,'created','deleted'),eq(resource:path,'/')) | true",
                "eq(topic:action,\"modified\") | false",
                "gt(attributes/readyUntil,time:now) | true",
                "lt(attributes/readyUntil,time:now+1s) | false",
                "lt(attributes/readyUntil,time:now+1d[h]) | true",
                "eq(time:now,\"2026-01-01T00:00:00.000Z\") | true",
                "gt(time:now,time:now-1h) | true",
                "eq(attributes/a~1b,\"slash\") | true",
                "eq(attributes/t~0,\"\\u0074ilde\") | true",
            })
    void operators_do_what_the_page_says(String expression, boolean expected) {
        assertThat(Rql.parse(expression, RqlFields.SIGNAL).matches(EVENT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "like(attributes/a,5) | 18 | a pattern in quotes",
                "eq(attributes/a) | 15 | ',' is expected",
                "eq(attributes/a,1 | 17 | ')' is expected",
                "eq(attributes/a,1)x | 18 | nothing may follow",
                "and(eq(attributes/a,1),foo(attributes/b)) | 23 | 'foo' is no operator",
                "or(exists(attributes/a),exists(nope)) | 31 | 'nope' is no property",
                "eq(attributes/a,\"x) | 19 | the closing quote is missing",
                "eq(attributes/a,\"\\u12x4\") | 19 | four hexadecimal digits",
                "eq(attributes/a,abc) | 16 | a number, true, false, null",
                "eq(topic:nope,1) | 3 | 'topic:nope' is no property",
                "eq(time:later,1) | 3 | 'time:later' is no property",
            })
    void an_error_says_where_and_what(String expression, int position, String why) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Rql.parse(expression, RqlFields.SIGNAL))
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo("rql.expression.invalid");
                    assertThat(e.problem().message()).contains("position " + position + ":", why);
                });
    }

    @Test
    void what_a_signal_says_of_itself_is_no_condition_on_a_thing() {
        for (String property :
                new String[] {"topic:action", "resource:path", "time:now", "header:x"}) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> Rql.parse("exists(" + property + ")", RqlFields.THING));
        }
    }
}
