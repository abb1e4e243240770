package org.patchbay.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.Condition;
import org.patchbay.protocol.placeholder.Resolution;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.patchbay.protocol.placeholder.Template;
import org.patchbay.protocol.rql.Rql;
import org.patchbay.protocol.rql.RqlFields;

/**
 * Reads {@code patchbay.fuzz.inputs} inputs of each kind. The time-out is for a loop without end.
 */
@Timeout(900)
class FuzzTest {

    private static final JsonNode THING =
            Json.parse(
                    """
                    {"thingId": "a:b", "attributes": {"count": 7, "a/b": "text", "tags": ["red", 1]},
                     "features": {"lamp": {"properties": {"on": true}}}, "sources": [{"a": 1}]}\
                    """);

    private static final Signal EVENT =
            Signal.event(
                            TopicPath.parse("org.example/dev:1/things/twin/events/modified"),
                            JsonPointer.parse("/features/lamp/properties/on"),
                            Headers.of(
                                    Map.of(
                                            "x-list", "a,b,c",
                                            "x-json",
                                                    "{\"a\":\"{{#d}}{a}{/d}\",\"d\":[1,\"two\",{\"e\":[]}]}")),
                            Json.parse("true"),
                            7,
                            Instant.EPOCH)
                    .withExtra(Json.parse("{\"attributes\":{\"arr\":[1,\"x\",null,[2]]}}"));

    private static final SignalPlaceholders PLACEHOLDERS =
            SignalPlaceholders.outbound(
                    EVENT,
                    new Surroundings("con", "in/1", "nginx:a", InstantSource.fixed(Instant.EPOCH)));

    @Test
    void templates_are_resolved_or_faulty() {
        Inputs.each(
                1,
                Grammars::template,
                text -> {
                    Template template = Template.parse(text);
                    Resolution resolution = template.resolve(PLACEHOLDERS);

                    assertThat(template).hasToString(text);
                    assertThat(template.with("x")).doesNotContain("{{ thing:id }}");
                    if (template.fault().isPresent()) {
                        assertThat(resolution.values()).isEmpty();
                    }
                });
    }

    @Test
    void conditions_hold_or_do_not_or_are_faulty() {
        Inputs.each(2, Grammars::expression, text -> Condition.parse(text).holds(PLACEHOLDERS));
    }

    @Test
    void rql_is_evaluated_or_refused_with_the_position() {
        Inputs.each(
                3,
                Grammars::rql,
                text -> {
                    try {
                        boolean matches = Rql.parse(text, RqlFields.SIGNAL).matches(THING);
                        Rql negated = Rql.parse("not(" + text + ")", RqlFields.SIGNAL);

                        assertThat(negated.matches(THING)).isEqualTo(!matches);
                    } catch (ProblemException e) {
                        assertThat(e.problem().message()).contains("position");
                        throw e;
                    }
                });
    }

    @Test
    void envelopes_are_read_or_refused_and_come_out_as_they_went_in() {
        Inputs.each(
                4,
                Grammars::envelope,
                text -> {
                    JsonNode written = Envelope.write(Envelope.read(Json.parse(text)));
                    JsonNode read = Json.parse(Json.writeBytes(written));

                    assertThat(Envelope.write(Envelope.read(read))).hasToString(written.toString());
                });
    }

    @Test
    void topic_paths_are_read_or_refused_and_come_out_as_they_went_in() {
        Inputs.each(
                5,
                Grammars::topic,
                text -> {
                    TopicPath topic = TopicPath.parse(text);

                    assertThat(TopicPath.parse(topic.toString())).isEqualTo(topic);
                    assertThat(text).startsWith(topic.namespace() + "/" + topic.name());
                });
    }

    @Test
    void pointers_are_read_or_refused_and_come_out_as_they_went_in() {
        Inputs.each(
                6,
                Grammars::pointer,
                text -> {
                    JsonPointer pointer = JsonPointer.parse(text);
                    pointer.in(THING);

                    assertThat(JsonPointer.parse(pointer.toString())).isEqualTo(pointer);
                });
    }

    @Test
    void field_selectors_select_or_are_refused() {
        Inputs.each(
                7,
                Grammars::selector,
                text -> {
                    JsonNode selected = FieldSelector.parse(text).select(THING);

                    assertThat(selected.size()).isLessThanOrEqualTo(THING.size());
                });
    }
}
