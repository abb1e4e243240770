package org.patchbay.protocol.placeholder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;

class TemplateTest {

    private static final Headers HEADERS =
            Headers.of(
                    Map.of(
                            "x-dev", "Dev-7:A/b",
                            "x-empty", "",
                            "x-json", "{\"a\":1,\"b\":{\"c\":\"d\"}}",
                            "x-list", "a,b,c",
                            "x-sp", "  two words  ",
                            "x-uml", "Grüße ☃",
                            "x-true", "true",
                            "x-url", "a%20b%2Fc",
                            "x-b64", "SGVsbG8=",
                            "ditto-originator", "nginx:ditto"));

    private static final Surroundings HERE =
            new Surroundings(
                    "con-1",
                    "in/1",
                    null,
                    InstantSource.fixed(Instant.parse("2026-03-05T10:11:12.345Z")));

    private static final Signal EVENT =
            Signal.event(
                            TopicPath.parse("org.example/My-Device:01/things/twin/events/modified"),
                            JsonPointer.parse("/features/lamp/properties/on"),
                            HEADERS,
                            Json.parse("true"),
                            7,
                            Instant.EPOCH)
                    .withExtra(
                            Json.parse(
                                    "{\"attributes\":{\"flag\":true,\"loc\":{\"n\":null},\"arr\":[1,\"x\"]}}"));

    private static final Signal MESSAGE =
            Signal.command(
                    TopicPath.parse("org.example/dev/things/live/messages/some/deep.Subject"),
                    JsonPointer.parse("/inbox/messages/some/deep.Subject"),
                    Headers.EMPTY,
                    Json.parse("\"hi\""));

    private static Resolution resolve(String text) {
        return Template.parse(text).resolve(SignalPlaceholders.outbound(EVENT, HERE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            quoteCharacter = '`',
            value = {
                "plain\tplain",
                "{{ thing:id }}\torg.example:My-Device:01",
                "{{thing:name}}\tMy-Device:01",
                "{{    thing:namespace    }}\torg.example",
                "pre-{{ topic:action }}-post\tpre-modified-post",
                "{{ entity:id }}/{{ entity:name }}\torg.example:My-Device:01/My-Device:01",
                "{{ topic:full }}\torg.example/My-Device:01/things/twin/events/modified",
                "{{ topic:entityName }}\tMy-Device:01",
                "{{ topic:group }}/{{ topic:channel }}/{{ topic:criterion }}/{{ topic:action-subject }}\tthings/twin/events/modified",
                "{{ resource:path }}\t/features/lamp/properties/on",
                "{{ resource:type }}\tthing",
                "{{ feature:id }}\tlamp",
                "{{ connection:id }}\tcon-1",
                "{{ request:subjectId }}\tnginx:ditto",
                "{{ header:X-Dev }}\tDev-7:A/b",
                "[{{ header:x-sp }}]\t[  two words  ]",
                "${ thing:id }\torg.example:My-Device:01",
                "{{ thing:id\t{{ thing:id",
                "thing:id }}\tthing:id }}",
                "{thing:id}\t{thing:id}",
                "{{ header:nope | fn:default('a|b') }}\ta|b",
                "{{ header:nope | fn:default('{x}') }}\t{x}",
                "{{ header:nope | fn:default('it }} is') }}\tit }} is",
                "{{ header:nope | fn:default(header:nope2) | fn:default('last') }}\tlast",
                "{{ header:nope | fn:default(topic:action) }}\tmodified",
                "{{ thing:id | fn:substring-before(':') }}\torg.example",
                "{{ thing:id | fn:substring-after(\":\") | fn:substring-after(':') }}\t01",
                "{{ header:x-uml | fn:upper() }}\tGRÜSSE ☃",
                "{{ thing:name | fn:lower() }}\tmy-device:01",
                "{{ header:x-sp | fn:trim() | fn:url-encode() }}\ttwo+words",
                "{{ header:x-url | fn:url-decode() }}\ta b/c",
                "{{ header:x-dev | fn:base64-encode() }}\tRGV2LTc6QS9i",
                "{{ header:x-b64 | fn:base64-decode() }}\tHello",
                "{{ thing:id | fn:replace('.', '/') }}\torg/example:My-Device:01",
                "{{ header:x-list | fn:split(',') | fn:join('-') }}\ta-b-c",
                "{{ header:x-list | fn:split(',') }}\ta",
                "{{ header:x-list | fn:split(',') | fn:filter('ne','b') | fn:join('+') }}\ta+c",
                "{{ header:x-json | fn:format('v={a}, {b/c}, {z}!') }}\tv=1, d, !",
                "{{ header:x-dev | fn:filter(header:x-true,'eq','true') }}\tDev-7:A/b",
                "{{ thing:name | fn:filter(header:nope,'ne','a') }}\tMy-Device:01",
                "{{ thing:name | fn:filter(header:nope,'eq','') }}\tMy-Device:01",
                "{{ thing:name | fn:filter(header:x-true,'exists','true') }}\tMy-Device:01",
                "{{ thing:name | fn:filter(header:x-true,'exists') }}\tMy-Device:01",
                "{{ thing:name | fn:filter(header:nope,'exists','false') }}\tMy-Device:01",
                "{{ thing:name | fn:filter('like','My-Device:0?') }}\tMy-Device:01",
                "{{ resource:path | fn:filter('like','/attributes*|/features/*/on') }}\t/features/lamp/properties/on",
                "{{ topic:channel | fn:filter('eq','live') | fn:default('not-live') }}\tnot-live",
                "{{ thing-json:features/lamp/properties/on }}\ttrue",
                "{{ thing-json:/attributes/flag }}\ttrue",
                "{{ thing-json:attributes/arr | fn:join('+') }}\t1+x",
                "{{ thing-json:features/lamp }}\t{\"properties\":{\"on\":true}}",
                "{{ time:now }}\t2026-03-05T10:11:12.345Z",
                "{{ time:now_epoch_millis }}\t1772705472345",
                "{{ time:now[d] }}\t2026-03-05T00:00:00Z",
                "{{ time:now[w] }}\t2026-03-02T00:00:00Z",
                "{{ time:now[mo] }}\t2026-03-01T00:00:00Z",
                "{{ time:now[y] }}\t2026-01-01T00:00:00Z",
                "{{ time:now+1d[d] }}\t2026-03-06T00:00:00Z",
                "{{ time:now-5ms }}\t2026-03-05T10:11:12.340Z",
                "[{{ time:now_epoch_millis[d] | fn:substring-after('00000') }}]\t[]",
                "[{{ time:now_epoch_millis-2d[d] | fn:substring-after('00000') }}]\t[0]",
                "{{ thing:name | fn:upper() | fn:lower() | fn:upper() | fn:lower() | fn:upper() | fn:lower() | fn:upper() | fn:lower() | fn:upper() | fn:lower() }}\tmy-device:01",
            })
    void resolves(String template, String expected) {
        assertThat(resolve(template).text()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ header:nope }}",
                "{{ thing:name }}/{{ header:nope }}",
                "{{ topic:subject }}",
                "{{ header:nope | fn:upper() }}",
                "{{ thing:name | fn:substring-before('#') }}",
                "{{ thing:name | fn:format('v={a}') }}",
                "{{ thing:id | fn:format('{a') }}",
                "{{ thing:name | fn:filter('like','my*') }}",
                "{{ thing:name | fn:filter('like','Device') }}",
                "{{ thing:name | fn:filter('bad','x') }}",
                "{{ thing:name | upper() }}",
                "{{ fn:filter(topic:channel,'eq','twin') }}",
                "{{ thing-json:policyId }}",
                "{{ thing-json:attributes/loc/n }}",
            })
    void has_no_value_where_the_message_lacks_it(String template) {
        assertThat(resolve(template)).isEqualTo(Resolution.UNRESOLVED);
        assertThat(Template.parse(template).fault()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ }}",
                "{{}}",
                "{{ thing }}",
                "${thing.id}",
                "{{ header: }}",
                "{{ thing:id | }}",
                "{{ thing:id || fn:upper() }}",
                "{{ thing:id | fn:unknown() }}",
                "{{ thing:id | fn:upper }}",
                "{{ thing:id | fn:upper('x') }}",
                "{{ thing:id | fn:default(nope) }}",
                "{{ thing:id | fn:default('a }}",
                "{{ thing:id | fn:replace('a') }}",
                "{{ thing:id | fn:filter('a') }}",
                "{{ thing:id | fn:filter(thing:id,'eq') }}",
                "{{ thing:id | fn:split() }}",
                "{{ thing:id | fn:lower() | fn:lower() | fn:lower() | fn:lower() | fn:lower() | fn:lower() | fn:lower() | fn:lower() | fn:lower() | fn:lower() | fn:lower() }}",
            })
    void is_faulty_whatever_the_message(String template) {
        assertThat(Template.parse(template).fault()).isPresent();
        assertThat(resolve("a/" + template)).isInstanceOf(Resolution.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ unknown:id }}",
                "{{ thing:unknown }}",
                "{{ policy:id }}",
                "{{ policy-entry:label }}",
                "{{ request:subject }}",
                "{{ connection:name }}",
                "{{ source:address }}",
                "{{ thing-json:/ }}",
                "{{ time:now[x] }}",
                "{{ thing:id | fn:default(unknown:id) }}",
            })
    void knows_what_does_not_exist_in_its_scope(String template) {
        assertThat(Template.parse(template).fault()).isEmpty();
        assertThat(Template.parse(template).fault(Scope.TARGET)).isPresent();
    }

    @Test
    void fails_for_a_placeholder_that_does_not_exist() {
        Resolution resolution = resolve("x/{{ policy:id }}");

        assertThat(resolution).isInstanceOf(Resolution.Failed.class);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(resolution::text)
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("placeholder:unresolved"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{{ thing:id | fn:delete() }},``",
                "{{ thing:id | fn:delete() | fn:default('x') }},``",
                "out/{{ thing:name | fn:delete() }}/x,out//x",
            })
    void deletes_with_what_is_left_for_addresses(String template, String rest) {
        assertThat(resolve(template)).isEqualTo(new Resolution.Deleted(rest));
    }

    @Test
    void keeps_an_empty_text_as_a_text() {
        assertThat(resolve("{{ header:x-empty | fn:default('d') }}").text()).contains("");
        assertThat(resolve("{{ thing:id | fn:substring-before('') | fn:default('e') }}").text())
                .contains("");
    }

    @Test
    void gives_all_texts_where_placeholders_have_several_values() {
        Resolution resolution = resolve("{{ header:x-list | fn:split(',') }}@{{ topic:channel }}");

        assertThat(resolution.values()).containsExactly("a@twin", "b@twin", "c@twin");
    }

    @Test
    void does_not_multiply_values_without_end() {
        Placeholders many = (_, _) -> Collections.nCopies(200, "x");

        assertThat(Template.parse("{{ a:b }}{{ a:b }}").resolve(many))
                .isInstanceOf(Resolution.Failed.class);
        assertThat(Template.parse("{{ a:b }}").resolve(many).values()).hasSize(200);
    }

    @Test
    void tells_subject_and_action_apart() {
        SignalPlaceholders message = SignalPlaceholders.outbound(MESSAGE, HERE);

        assertThat(message.values("topic", "subject")).containsExactly("some/deep.Subject");
        assertThat(message.values("topic", "action-subject")).containsExactly("some/deep.Subject");
        assertThat(message.values("topic", "action")).isEmpty();
        assertThat(message.values("resource", "type")).containsExactly("message");
        assertThat(message.values("thing-json", "attributes/x")).isEmpty();
        assertThat(message.values("feature", "id")).isEmpty();
    }

    @Test
    void sees_the_broker_headers_of_what_comes_in() {
        SignalPlaceholders inbound =
                SignalPlaceholders.inbound(
                        Scope.SOURCE_HEADERS,
                        EVENT,
                        Headers.of(Map.of("mqtt.topic", "in/1")),
                        HERE.from("in/1", "nginx:device"));

        assertThat(inbound.values("header", "mqtt.topic")).containsExactly("in/1");
        assertThat(inbound.values("header", "x-dev")).isEmpty();
        assertThat(inbound.values("request", "subjectId")).containsExactly("nginx:device");
        assertThat(inbound.in(Scope.ENFORCEMENT_INPUT).values("source", "address"))
                .containsExactly("in/1");
        assertThat(inbound.in(Scope.ENFORCEMENT_INPUT).values("thing", "id")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "fn:filter(header:x-true,'eq','true') | true",
                "fn:filter(header:nope,'eq','true') | false",
                "fn:filter(header:nope,'exists','false') | true",
                "header:x-true | true",
                "header:nope | false",
            })
    void holds_as_a_condition(String condition, boolean expected) {
        assertThat(Condition.parse(condition).holds(SignalPlaceholders.outbound(EVENT, HERE)))
                .isEqualTo(expected);
    }

    @Test
    void fails_as_a_condition_that_is_wrong() {
        Condition condition = Condition.parse("fn:nope()");

        assertThat(condition.fault()).isPresent();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> condition.holds(SignalPlaceholders.outbound(EVENT, HERE)));
    }

    @Test
    void asks_the_next_placeholders_for_what_it_does_not_know() {
        Placeholders first = (family, name) -> family.equals("a") ? List.of() : null;
        Placeholders second = (family, name) -> name.equals("x") ? List.of("v") : null;

        assertThat(first.or(second).values("a", "x")).containsExactly("v");
        assertThat(first.or(second).values("a", "y")).isEmpty();
        assertThat(first.or(second).values("b", "y")).isNull();
    }
}
