package org.patchbay.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.ETags;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.expression.Wildcards;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.Condition;
import org.patchbay.protocol.placeholder.Placeholders;
import org.patchbay.protocol.placeholder.Resolution;
import org.patchbay.protocol.placeholder.Template;
import org.patchbay.protocol.rql.Rql;
import org.patchbay.protocol.rql.RqlFields;

/**
 * Inputs made to cost more than they are long. Their length is such that what takes its square
 * would not end before the time-out; what is read in one go takes no time.
 */
@Timeout(60)
class HostileTest {

    private static final int LONG = 1_000_000;

    /** What a header of a message may hold as well. */
    private static final String WIDE = "a".repeat(60_000);

    private static final Placeholders VALUES =
            (family, name) ->
                    switch (family) {
                        case "a" -> List.of("value");
                        case "wide" -> List.of(WIDE);
                        case "many" -> List.of(WIDE.split(""));
                        default -> List.of();
                    };

    private static IntFunction<String> repeated(String before, String piece, String after) {
        return length -> before + piece.repeat(length / piece.length()) + after;
    }

    private static void staysLinear(IntFunction<String> input, Consumer<String> reader) {
        assertThat(Allocated.growth(LONG / 4, input, reader)).isLessThan(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{",
                "${",
                "{{ '",
                "{{ \"'",
                "{{ a:b",
                "{{ a:b | ",
                "}}",
                "}",
                "|",
                "'\"",
                "{",
                "{{}}",
                "{{ a:b }}",
                "${a:b}x",
                "{{ a:b | fn:default('",
                "{{ a:b | fn:upper() }}",
                "{{ a:b | fn:",
                "\ud83d\ude00",
                "\ud83d"
            })
    void templates_take_time_by_their_length(String piece) {
        Consumer<String> reader =
                text -> {
                    Template template = Template.parse(text);
                    template.with("x");
                    template.references();
                    template.resolve(VALUES);
                };

        staysLinear(repeated("", piece, ""), reader);
        staysLinear(repeated("", piece, "'}}"), reader);
        staysLinear(repeated("{{ a:b | fn:default('", piece, "') }}"), reader);
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", " | fn:upper()", "fn:", ",", "'", "('", "header:x", "(", "'a',"})
    void conditions_take_time_by_their_length(String piece) {
        Consumer<String> reader = text -> Condition.parse(text).holds(VALUES);

        staysLinear(repeated("fn:filter(", piece, ")"), reader);
        staysLinear(repeated("a:b", piece, ""), reader);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a}",
                "{",
                "}",
                "{#a}",
                "{#a}{/a}",
                "{/a}",
                "{#a}{/",
                "{#}",
                "{/",
                "\\{",
                "{#a}{b}",
                "{.}",
                "{a/b/c}"
            })
    void formats_take_time_by_their_length(String piece) {
        Consumer<String> reader =
                text -> Template.parse("{{ o:bject | fn:format('" + text + "') }}").resolve(OBJECT);

        staysLinear(repeated("", piece, ""), reader);
        staysLinear(repeated("", piece, "{/a}}"), reader);
    }

    private static final Placeholders OBJECT =
            (_, _) -> List.of("{\"a\": {\"b\": \"v\", \"a\": {\"a\": 1}}, \"b\": \"x\"}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "and( ! ",
                "not( ! ",
                "and(eq(attributes/a,1) ! ,eq(attributes/a,1)",
                "in(attributes/a ! ,1",
                "eq(attributes/a,\" ! \\u0041",
                "eq(attributes/a,' ! \\\\",
                "eq(attributes ! /a",
                "eq( ! a",
                "eq(attributes/a, ! 1",
                "like(attributes/a,\" ! *a",
                " ! exists(attributes/a)",
                "eq(attributes/a,time:now- ! 1",
            })
    void rql_takes_time_by_its_length(String before, String piece) {
        Consumer<String> reader = text -> Rql.parse(text, RqlFields.SIGNAL).matches(THING);
        String start = before == null ? "" : before;

        staysLinear(repeated(start, piece == null ? start : piece, ""), reader);
        staysLinear(repeated(start, piece == null ? start : piece, "\")"), reader);
        staysLinear(repeated(start, piece == null ? start : piece, ")"), reader);
    }

    private static final JsonNode THING = Json.parse("{\"attributes\": {\"a\": [1, \"text\"]}}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "{\"topic\":\" ! a/ ! \",\"path\":\"/\"}",
                "{\"topic\":\"a/b/things/live/messages/ ! a/ ! \",\"path\":\"/\"}",
                "{\"topic\":\"a/b/things/twin/commands/modify\",\"path\":\" ! /a ! \"}",
                "{\"topic\":\"a/b/things/twin/commands/modify\",\"path\":\" ! ~1 ! \"}",
                "{\"topic\":\"a/b/things/twin/commands/modify\",\"path\":\"/\",\"fields\":\" ! a, ! \"}",
                "{\"topic\":\"a/b/things/twin/commands/modify\",\"path\":\"/\",\"fields\":\" ! a( ! \"}",
                "{\"topic\":\"a/b/things/twin/commands/modify\",\"path\":\"/\",\"value\":[ ! 1, ! 1]}",
                "{\"topic\":\"a/b/things/twin/commands/modify\",\"path\":\"/\",\"value\": ! [ ! }",
                "{\"topic\":\"a/b/things/twin/commands/modify\",\"path\":\"/\",\"value\": ! {\"a\": ! }",
                "{\"topic\":\"a/b/things/twin/commands/modify\",\"path\":\"/\",\"value\":1 ! 1 ! }",
                "{\"topic\":\"a/b/things/twin/commands/modify\",\"path\":\"/\",\"headers\":{\"requested-acks\":\" ! [ ! \"}}",
            })
    void envelopes_take_time_by_their_length(String before, String piece, String after) {
        staysLinear(
                repeated(before, piece, after),
                text -> Json.writeBytes(Envelope.write(Envelope.read(Json.parse(text)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a/", "a,", "a(", ")", "a/b(c),", "*/", "~", "~0", ",", " "})
    void paths_and_selectors_take_time_by_their_length(String piece) {
        staysLinear(
                repeated("", piece, ""),
                text -> assertThat(JsonPointer.parse(text).toString()).isNotNull());
        staysLinear(repeated("", piece, ""), text -> FieldSelector.parse(text).select(THING));
        staysLinear(repeated("a(", piece, ")"), text -> FieldSelector.parse(text).select(THING));
        staysLinear(
                repeated("", piece, ""),
                text -> assertThat(TopicPath.parse(text).toString()).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\",", "\"", "W/", " ", "\"a\" , W/", "*"})
    void entity_tags_take_time_by_their_length_and_no_stack(String piece) {
        staysLinear(repeated("", piece, ""), ETags::isCondition);
        staysLinear(repeated("", piece, "\"a\""), ETags::isCondition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*a", "a*", "?*", "*?", "*ab", "**"})
    void wildcards_go_back_to_the_last_star_only(String piece) {
        Wildcards wildcards = Wildcards.of(piece.repeat(Wildcards.LENGTH_MAX / 2) + "b!", false);

        assertThat(wildcards.matches("ab".repeat(LONG / 20))).isFalse();
        assertThat(wildcards.matches("a".repeat(LONG / 10))).isFalse();
    }

    @Test
    void a_pattern_is_not_longer_than_what_it_may_cost() {
        String pattern = "a".repeat(Wildcards.LENGTH_MAX + 1);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(
                        () -> Rql.parse("like(attributes/a,\"" + pattern + "\")", RqlFields.THING))
                .satisfies(
                        e -> assertThat(e.problem().message()).contains("position 18", "pattern"));
        assertThat(Template.parse("{{ a:b | fn:filter('like','" + pattern + "') }}").fault())
                .isPresent();
        assertThat(Template.parse("{{ a:b | fn:filter('like',wide:x) }}").resolve(VALUES))
                .isInstanceOf(Resolution.Failed.class);
        assertThat(Template.parse("{{ a:b | fn:filter('eq','" + pattern + "') }}").fault())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ wide:x | fn:replace('a',wide:x) }}",
                "{{ wide:x | fn:replace('',wide:x) }}",
                "{{ a:x | fn:replace('a','aaaaaaaa') | fn:replace('','aaaaaaaa') | fn:replace('a','aaaaaaaa') | fn:replace('a','aaaaaaaa') | fn:replace('a','aaaaaaaa')"
                        + " | fn:replace('a','aaaaaaaa') | fn:replace('a','aaaaaaaa') | fn:replace('a','aaaaaaaa') }}",
                "{{ many:x | fn:join(wide:x) }}",
                "{{ many:x | fn:replace('a',wide:x) }}",
                "{{ many:x }}{{ many:x }}",
                "{{ wide:x | fn:split('') }}-",
                "{{ wide:x | fn:base64-encode() }}{{ wide:x | fn:replace('a','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa') }}"
                        + "{{ wide:x | fn:replace('a','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa') }}",
            })
    void what_functions_make_of_values_is_bounded(String template) {
        Resolution resolution = Template.parse(template).resolve(VALUES);

        // A text of millions of characters is nothing to show in a report.
        assertThat(resolution instanceof Resolution.Failed).isTrue();
    }

    @Test
    void sections_of_a_format_stand_only_so_deep() {
        String deep = "{#a}".repeat(100) + "{/a}".repeat(100);

        assertThat(Template.parse("{{ a:b | fn:format('" + deep + "') }}").fault()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"500, true", "501, false"})
    void json_from_outside_is_nested_only_so_deep(int depth, boolean isRead) {
        String json = "[".repeat(depth) + "]".repeat(depth);

        if (isRead) {
            assertThat(Json.parse(json)).hasToString(json);
        } else {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> Json.parse(json))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("json.invalid"));
        }
    }

    @Test
    void the_deepest_value_at_the_deepest_pointer_can_be_written_and_read_again() {
        JsonNode value = Json.parse("[".repeat(Json.DEPTH_MAX) + "]".repeat(Json.DEPTH_MAX));
        for (int i = 0; i < JsonPointer.DEPTH_MAX + 50; i++) {
            value = JsonNodeFactory.instance.objectNode().set("a", value);
        }

        assertThat(Json.parseOurOwn(Json.writeBytes(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"100, true", "101, false"})
    void pointers_have_only_so_many_segments(int segments, boolean isRead) {
        String pointer = "/a".repeat(segments);

        if (isRead) {
            assertThat(JsonPointer.parse(pointer)).hasToString(pointer);
        } else {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> JsonPointer.parse(pointer))
                    .satisfies(
                            e -> assertThat(e.problem().code()).isEqualTo("json.pointer.invalid"));
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> FieldSelector.parse("b(" + pointer + ")"))
                    .satisfies(e ->
                            assertThat(e.problem().code()).isEqualTo("json.fieldselector.invalid"));
        }
    }

    @Test
    void half_a_surrogate_pair_is_written_and_read_again() {
        for (String text : List.of("\ud83d", "\ude00\ud83d", "a\ud83d\ude00b\ud83d")) {
            byte[] bytes = Json.writeBytes(TextNode.valueOf(text));

            assertThat(Json.parse(bytes).textValue()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "[0.5E-99999999999999999999]"})
    void a_number_that_nothing_can_hold_is_no_json(String json) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Json.parse(json))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("json.invalid"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Json.parse(json.getBytes(StandardCharsets.UTF_8)));
    }
}
