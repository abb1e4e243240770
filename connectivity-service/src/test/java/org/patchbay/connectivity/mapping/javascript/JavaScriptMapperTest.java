package org.patchbay.connectivity.mapping.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.patchbay.connectivity.mapping.MapperFixtures.event;
import static org.patchbay.connectivity.mapping.MapperFixtures.incoming;
import static org.patchbay.connectivity.mapping.MapperFixtures.incomingBody;
import static org.patchbay.connectivity.mapping.MapperFixtures.incomingValue;
import static org.patchbay.connectivity.mapping.MapperFixtures.mapper;
import static org.patchbay.connectivity.mapping.MapperFixtures.message;
import static org.patchbay.connectivity.mapping.MapperFixtures.modify;
import static org.patchbay.connectivity.mapping.MapperFixtures.options;
import static org.patchbay.connectivity.mapping.MapperFixtures.outgoingBody;
import static org.patchbay.connectivity.mapping.MapperFixtures.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

class JavaScriptMapperTest {

    private static final byte[] BYTES = HexFormat.of().parseHex("09ef03f72aff");

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            quoteCharacter = '§',
            value = {
                "42\t42",
                "1.5\t1.5",
                "2.0\t2",
                "-0\t0",
                "2147483648\t2147483648",
                "12345678901234567890\t12345678901234567000",
                "'aü\"b'\t\"aü\\\"b\"",
                "'a' + 1 + textPayload\t\"a1hello\"",
                "true\ttrue",
                "null\tnull",
                "NaN\tnull",
                "Infinity\tnull",
                "[1, 'a', null, {x: [2]}]\t[1,\"a\",null,{\"x\":[2]}]",
                "[1,,undefined]\t[1,null,null]",
                "{a: undefined, b: function() {}, 7: 'c'}\t{\"7\":\"c\"}",
                "new Map([['a', 1]])\t{}",
                "new Date(0)\t\"1970-01-01T00:00:00.000Z\"",
                "new String('s')\t\"s\"",
                "[...[1, 2], 3]\t[1,2,3]",
                "((a = 5) => a)()\t5",
                "Object.keys({b: 1, a: 2})\t[\"b\",\"a\"]",
                "({}).a?.b === undefined\ttrue",
                "null ?? 5\t5",
                "`t${1 + 1}`\t\"t2\"",
                "JSON.parse('{\"a\":[1]}').a[0]\t1",
                "JSON.stringify({a: [1, undefined], b: undefined})\t\"{\\\"a\\\":[1,null]}\"",
                "eval('1+1')\t2",
                "new Function('return 3')()\t3",
                "encodeURIComponent('a b/ü')\t\"a%20b%2F%C3%BC\"",
                "typeof console\t\"undefined\"",
                "typeof java\t\"undefined\"",
                "typeof Packages\t\"undefined\"",
                "typeof print\t\"undefined\"",
                "typeof load\t\"undefined\"",
                "typeof setTimeout\t\"undefined\"",
                "Object.keys(Ditto).sort()\t[\"arrayBufferToString\",\"asByteBuffer\",\"buildDittoProtocolMsg\",\"buildExternalMsg\",\"stringToArrayBuffer\"]",
                "Array.from(new Uint8Array(Ditto.stringToArrayBuffer('aé')))\t[97,233]",
                "{d: 5, ct: contentType, bytes: bytePayload ? bytePayload.byteLength : null}\t{\"d\":5,\"ct\":null}",
            })
    void maps_values_as_json_does(String expression, String expected) {
        PayloadMapper mapper = incomingValue(expression);

        assertThat(mapper.inbound(message("hello")).getFirst().value()).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            quoteCharacter = '§',
            value = {
                "Array.from(new Uint8Array(bytePayload))\t[9,239,3,247,42,255]",
                "(() => { const v = new DataView(bytePayload); return [v.getInt16(0) / 100, v.getInt16(2), v.getUint8(4), v.getInt8(5)]; })()\t[25.43,1015,42,-1]",
                "Ditto.asByteBuffer(bytePayload).toHex()\t\"09ef03f72aff\"",
                "Ditto.asByteBuffer(bytePayload).toBase64()\t\"Ce8D9yr/\"",
                "Ditto.asByteBuffer(bytePayload).readInt16()\t2543",
                "parseInt(Ditto.asByteBuffer(bytePayload).toHex(), 16)\t10922168363775",
                "dcodeIO.Long.fromString('9007199254740993').toString()\t\"9007199254740993\"",
            })
    void reads_bytes(String expression, String expected) {
        PayloadMapper mapper =
                mapper(
                        "JavaScript",
                        options(
                                "loadBytebufferJS",
                                "true",
                                "incomingScript",
                                "function mapToDittoProtocolMsg(headers, text, bytePayload) { return "
                                        + modify(expression)
                                        + "; }"));

        Signal signal =
                mapper.inbound(message(BYTES, Map.of("content-type", "application/octet-stream")))
                        .getFirst();

        assertThat(signal.value()).hasToString(expected);
    }

    @Test
    void reads_text_in_the_charset_of_its_content_type() {
        PayloadMapper mapper = incomingValue("textPayload");
        Map<String, String> latin1 = Map.of("content-type", "text/plain; charset=ISO-8859-1");

        Signal signal =
                mapper.inbound(message("grün".getBytes(StandardCharsets.ISO_8859_1), latin1))
                        .getFirst();

        assertThat(signal.value()).hasToString("\"grün\"");
    }

    @Test
    void passes_the_headers_on_and_lets_the_script_change_them() {
        PayloadMapper mapper =
                incomingBody("headers['own'] = 'x'; headers['n'] = 5; return " + modify("1") + ";");

        Signal signal = mapper.inbound(message(BYTES, Map.of("mqtt.topic", "a/b"))).getFirst();

        assertThat(signal.headers().asMap())
                .isEqualTo(Map.of("mqtt.topic", "a/b", "own", "x", "n", "5"));
        assertThat(signal.topic().toString())
                .isEqualTo("org.example/dev/things/twin/commands/modify");
    }

    @Test
    void maps_to_several_messages() {
        PayloadMapper mapper = incomingBody("return [1, 2].map(k => " + modify("k") + ");");

        assertThat(mapper.inbound(message("x"))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"return null;", "return [];"})
    void drops_a_message(String body) {
        assertThat(incomingBody(body).inbound(message("x"))).isEmpty();
    }

    @Test
    void drops_messages_where_the_script_has_no_function_for_them() {
        assertThat(incoming("function somethingElse() {}").inbound(message("x"))).isEmpty();
        assertThat(mapper("JavaScript", options()).inbound(message("x"))).isEmpty();
        assertThat(incoming("1").outbound(event("modified", "/attributes/x", "1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return;",
                "return 5;",
                "return 'text';",
                "return [null];",
                "return {topic: 'a/b/things/twin/commands/modify'};",
                "return {path: '/'};",
                "return {topic: 'a/b', path: '/'};",
                "throw 'just text';",
                "throw new Error('mine');",
                "return null.x;",
                "return nope;",
                "let r = []; for (let i = 0; i < 11; i++) r.push({topic: 'a/b/things/twin/commands/modify', path: '/'}); return r;",
                "let a = {}; a.a = a; return {topic: 'a/b/things/twin/commands/modify', path: '/', value: a};",
            })
    void fails_with_the_code_of_mapping_failures(String body) {
        PayloadMapper mapper = incomingBody(body);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message("x")))
                .satisfies(e -> {
                    assertThat(e.problem().status()).isEqualTo(400);
                    assertThat(e.problem().code()).isEqualTo("connectivity:message.mapping.failed");
                });
    }

    @Test
    void says_in_which_line_a_script_failed() {
        PayloadMapper mapper = incomingBody("\n\nreturn nope;");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message("x")))
                .satisfies(e -> assertThat(e.problem().description()).contains("line 3"));
    }

    @Test
    void keeps_global_variables_from_message_to_message() {
        PayloadMapper mapper =
                incoming(
                        "var n = 0; function mapToDittoProtocolMsg(headers) { n++; return "
                                + modify("n")
                                + "; }");

        mapper.inbound(message("a"));

        assertThat(mapper.inbound(message("b")).getFirst().value()).hasToString("2");
    }

    @Test
    void calls_a_wrapper_with_the_whole_message() {
        PayloadMapper mapper =
                incoming(
                        "function mapToDittoProtocolMsgWrapper(m) { let headers = {}; return "
                                + modify("Object.keys(m).sort()")
                                + "; }");

        assertThat(mapper.inbound(message("x")).getFirst().value())
                .hasToString("[\"bytePayload\",\"contentType\",\"headers\",\"textPayload\"]");
    }

    @Test
    void gives_the_outgoing_function_all_parts_of_a_signal() {
        PayloadMapper mapper =
                outgoingBody(
                        "return Ditto.buildExternalMsg({foo: 'bar', n: 1}, JSON.stringify("
                                + "[namespace, name, group, channel, criterion, action, path,"
                                + " dittoHeaders, value, status === undefined, extra]),"
                                + " null, 'application/json');");

        ExternalMessage external =
                mapper.outbound(
                                event("modified", "/attributes/x", "{\"a\":[1,2.5,null,\"b\"]}")
                                        .withExtra(Json.parse("{}")))
                        .getFirst();

        assertThat(external.headers().asMap())
                .isEqualTo(Map.of("foo", "bar", "n", "1", "content-type", "application/json"));
        assertThat(text(external))
                .isEqualTo(
                        "[\"org.example\",\"dev\",\"things\",\"twin\",\"events\",\"modified\","
                                + "\"/attributes/x\",{\"correlation-id\":\"c-1\","
                                + "\"response-required\":\"false\","
                                + "\"content-type\":\"application/json\"},"
                                + "{\"a\":[1,2.5,null,\"b\"]},true,{}]");
    }

    @Test
    void leaves_what_a_signal_lacks_undefined() {
        PayloadMapper mapper =
                outgoingBody(
                        "return {textPayload: '' + [typeof action, typeof value, typeof extra,"
                                + " status], contentType: 'text/plain'};");
        Signal error =
                Signal.failed(
                                TopicPath.parse("a/b/things/twin/errors"),
                                org.patchbay.protocol.Problem.of(404, "x", "y"),
                                Headers.EMPTY)
                        .withValue(null);

        assertThat(text(mapper.outbound(error).getFirst()))
                .isEqualTo("undefined,undefined,undefined,404");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            quoteCharacter = '§',
            value = {
                "null, Ditto.stringToArrayBuffer('\\u0001\\u00ff'), 'application/octet-stream'\t01ff",
                "'text', Ditto.stringToArrayBuffer('b'), 'application/octet-stream'\t62",
                "null, new Uint8Array([1,2,3]).buffer, 'application/octet-stream'\t010203",
                "null, new Uint8Array([1,2,3]).subarray(1), 'application/octet-stream'\t0203",
                "'gr\\u00fcn', null, 'text/plain; charset=ISO-8859-1'\t6772fc6e",
                "'gr\\u00fcn', null, 'text/plain'\t6772c3bc6e",
                "'', null, 'text/plain'\t§§",
            })
    void publishes_bytes_before_text(String arguments, String expectedHex) {
        PayloadMapper mapper =
                outgoingBody("return Ditto.buildExternalMsg(null, " + arguments + ");");

        ExternalMessage external =
                mapper.outbound(event("modified", "/attributes/x", "1")).getFirst();

        byte[] payload = new byte[external.payload().remaining()];
        external.payload().get(payload);
        assertThat(HexFormat.of().formatHex(payload)).isEqualTo(expectedHex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"return {textPayload: 'only'};", "return {};", "return 5;", "return;"})
    void fails_for_results_that_can_not_be_published(String body) {
        PayloadMapper mapper = outgoingBody(body);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.outbound(event("modified", "/attributes/x", "1")));
    }

    @Test
    void loads_scripts_that_bring_their_own_polyfills() {
        PayloadMapper mapper =
                incoming(
                        "String.prototype.shout = function() { return this + '!'; };"
                                + "function mapToDittoProtocolMsg(headers) { return "
                                + modify("'a'.shout()")
                                + "; }");

        assertThat(mapper.inbound(message("x")).getFirst().value()).hasToString("\"a!\"");
    }

    @Test
    void round_trips_a_signal_through_both_scripts() {
        PayloadMapper mapper =
                mapper(
                        "JavaScript",
                        options(
                                "incomingScript",
                                "function mapToDittoProtocolMsg(h, text) { return JSON.parse(text); }",
                                "outgoingScript",
                                "function mapFromDittoProtocolMsgWrapper(m) { return {textPayload:"
                                        + " JSON.stringify(m), contentType: 'application/json'}; }"));
        Signal signal =
                Signal.command(
                        TopicPath.parse("a/b/things/twin/commands/modify"),
                        JsonPointer.parse("/attributes/x~1y"),
                        Headers.of(Map.of("content-type", "application/json", "version", "2")),
                        Json.parse(
                                "{\"a\":{\"0\":[true,null,-1.25,\"ü\"]},\"b\":9007199254740991}"));

        List<Signal> back = mapper.inbound(mapper.outbound(signal).getFirst());

        assertThat(back).hasSize(1);
        assertThat(back.getFirst().topic()).isEqualTo(signal.topic());
        assertThat(back.getFirst().path()).isEqualTo(signal.path());
        assertThat(back.getFirst().headers()).isEqualTo(signal.headers());
        assertThat(back.getFirst().value()).hasToString(String.valueOf(signal.value()));
    }

    @Test
    void maps_on_many_threads_with_a_mapper_each() throws Exception {
        String expression =
                "[textPayload, [3, 1, 2].sort().map(x => x * 2).join(), 'a-b'.replace(/-/g, '+'),"
                        + " JSON.parse('{\"a\":1}').a, new Map([['k', 1]]).get('k'),"
                        + " Array.from(new Uint8Array(bytePayload)).length, `t${1}`]";
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int task = 0; task < 8; task++) {
            String payload = "p" + task;
            tasks.add(() -> {
                PayloadMapper mapper = incomingValue(expression);
                String expected = "[\"" + payload + "\",\"2,4,6\",\"a+b\",1,1,2,\"t1\"]";
                return IntStream.range(0, 500)
                        .mapToObj(_ -> mapper.inbound(message(payload)).getFirst().value())
                        .allMatch(value -> expected.equals(String.valueOf(value)));
            });
        }

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    @Test
    void a_buffer_that_a_script_uses_again_leaves_its_messages_as_they_were() {
        PayloadMapper mapper =
                mapper(
                        "JavaScript",
                        options(
                                "outgoingScript",
                                "const buffer = new ArrayBuffer(1); const view = new Uint8Array(buffer);"
                                        + " function mapFromDittoProtocolMsg() { view[0]++; return"
                                        + " [Ditto.buildExternalMsg({}, null, buffer, 'a/b'),"
                                        + " Ditto.buildExternalMsg({}, null, view, 'a/b')]; }"));

        List<ExternalMessage> first = mapper.outbound(event("modified", "/attributes/x", "1"));
        List<ExternalMessage> second = mapper.outbound(event("modified", "/attributes/x", "1"));

        assertThat(first).allSatisfy(one -> assertThat(one.payload().get(0)).isEqualTo((byte) 1));
        assertThat(second).allSatisfy(one -> assertThat(one.payload().get(0)).isEqualTo((byte) 2));
    }
}
