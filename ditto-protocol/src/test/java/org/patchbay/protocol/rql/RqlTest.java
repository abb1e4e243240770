package org.patchbay.protocol.rql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;

class RqlTest {

    private static final JsonNode THING =
            Json.parse(
                    """
                    {"thingId": "org.example:one", "definition": "org.example:model:1.2.3", "_revision": 4,
                     "_modified": "2026-01-02T03:04:05.123456Z",
                     "attributes": {"count": 7, "price": 2.5, "neg": -3, "name": "Kettle One", "flag": true, "none": null,
                       "empty": "", "tags": ["red", "blue"], "obj": {"a": {"b": "deep"}}, "numText": "5",
                       "quote": "it's \\"q\\"", "uml": "Grün", "date": "2026-01-02T03:04:05Z", "star": "a*b?c"},
                     "features": {"f1": {"properties": {"temp": 21.5}}}}\
                    """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "eq(attributes/count,7) | true",
                "eq(attributes/count,7.0) | true",
                "eq(attributes/count,\"7\") | true",
                "gt(attributes/count,\"6\") | true",
                "gt(attributes/count,7) | false",
                "ge(attributes/count,7) | true",
                "lt(attributes/neg,0) | true",
                "le(attributes/price,2.5) | true",
                "eq(attributes/numText,5) | true",
                "eq(attributes/name,'Kettle One') | true",
                "lt(attributes/name,\"Zzz\") | true",
                "like(attributes/name,\"kettle*\") | false",
                "ilike(attributes/name,\"kettle*\") | true",
                "like(attributes/count,\"7*\") | true",
                "like(attributes/name,\"K?ttle*ne\") | true",
                "like(attributes/star,\"a*b?c\") | true",
                "in(attributes/count,5,7,9) | true",
                "in(attributes/name,\"a\",\"b\") | false",
                "eq(attributes/flag,\"true\") | true",
                "eq(attributes/flag,true) | true",
                "eq(attributes/none,null) | true",
                "eq(attributes/missing,null) | false",
                "eq(attributes/tags,\"red\") | true",
                "ne(attributes/tags,\"red\") | false",
                "ne(attributes/missing,\"x\") | true",
                "exists(attributes/none) | true",
                "exists(attributes/missing) | false",
                "exists(features/*/properties) | false",
                "empty(attributes/empty) | true",
                "empty(attributes/missing) | true",
                "empty(attributes/tags) | false",
                "eq(attributes/obj/a/b,\"deep\") | true",
                "eq(attributes/quote,'it\\'s \"q\"') | true",
                "eq(attributes/uml,\"Gr\\u00fcn\") | true",
                "gt(attributes/date,\"2026-01-01T00:00:00Z\") | true",
                "lt(attributes/date,time:now) | true",
                "gt(attributes/date,time:now-2d) | true",
                "gt(attributes/date,time:now[h]) | false",
                "eq(attributes/count,time:now) | false",
                "and(exists(attributes/count),gt(attributes/count,1),lt(attributes/count,7)) | false",
                "or(exists(attributes/a),not(eq(attributes/count,8))) | true",
                "not(exists(features/f1/properties/temp)) | false",
            })
    void matches_what_the_document_holds(String expression, boolean expected) {
        Rql rql = Rql.parse(expression, RqlFields.THING);
        assertThat(rql.matches(ONE_HOUR_LATER)).isEqualTo(expected);
    }

    private static final Property TOPIC_ACTION = new Property.Placeholder("topic", "action");

    private static final Rql.Subject ONE_HOUR_LATER =
            new Rql.Subject() {
                @Override
                public @Nullable JsonNode value(Property property) {
                    return property instanceof Property.Field(var at) ? at.in(THING) : null;
                }

                @Override
                public Instant now() {
                    return Instant.parse("2026-01-02T04:04:05Z");
                }
            };

    @Test
    void asks_the_subject_for_what_the_signal_says() {
        Rql rql = Rql.parse("eq(topic:action,\"modified\")", RqlFields.SIGNAL);
        assertThat(
                        rql.matches(
                                (Rql.Subject)
                                        property ->
                                                property.equals(TOPIC_ACTION)
                                                        ? TextNode.valueOf("modified")
                                                        : null))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eq",
                "eq(",
                "eq(attributes/count)",
                "eq(attributes/count,7",
                "eq attributes/count,7)",
                "eq(attributes/count,7)x",
                "and()",
                "and(eq(attributes/count,7)",
                "not()",
                "not(eq(attributes/a,1),eq(attributes/b,1))",
                "like(attributes/a,5)",
                "like(attributes/a,null)",
                "eq(\"attributes/a\",1)",
                "eq(attributes/a,\"x)",
                "eq(,1)",
                "EQ(attributes/a,1)",
                "eq(attributes/a,1e5)",
                "eq(foo,1)",
                "eq(features,1)",
                "exists(attributes)",
                "eq( attributes/count , 7 )",
                "eq(attributes/count, 7)",
                "eq(_id,1)",
                "{{ x }}",
                "eq(topic:action,\"modified\")",
                "eq(attributes/a,\"\\u12\")"
            })
    void refuses_what_is_malformed_and_names_the_position(String expression) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Rql.parse(expression, RqlFields.THING))
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo("rql.expression.invalid");
                    assertThat(e.problem().message()).contains("position");
                });
    }

    @Test
    void refuses_unknown_fields_of_a_signal() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Rql.parse("eq(topic:unknown,\"x\")", RqlFields.SIGNAL));
    }

    @Test
    void reads_or_refuses_any_text_but_never_fails_otherwise() {
        Random random = new Random(4711);
        String alphabet = "eqandornotlikeinexists(),\"'\\ /attributes:7.-*?[]{}time:now+1h\u00fc";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(i % 2 == 0 ? "and(eq(attributes/a,1)," : "");
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Rql.parse(text.toString(), RqlFields.SIGNAL).matches(THING);
            } catch (ProblemException e) {
                assertThat(e.problem().status()).isEqualTo(400);
            }
        }
    }

    @Test
    void gives_up_on_nesting_before_the_stack_does() {
        String deep = "not(".repeat(100_000);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Rql.parse(deep, RqlFields.THING));
    }
}
