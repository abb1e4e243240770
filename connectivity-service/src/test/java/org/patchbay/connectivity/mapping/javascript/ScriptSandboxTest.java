package org.patchbay.connectivity.mapping.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.patchbay.connectivity.mapping.MapperFixtures.incoming;
import static org.patchbay.connectivity.mapping.MapperFixtures.incomingBody;
import static org.patchbay.connectivity.mapping.MapperFixtures.incomingValue;
import static org.patchbay.connectivity.mapping.MapperFixtures.message;
import static org.patchbay.connectivity.mapping.MapperFixtures.modify;
import static org.patchbay.connectivity.mapping.MapperFixtures.options;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.mapping.Mappers;
import org.patchbay.connectivity.mapping.MappingConfig;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;

/** Scripts that mean harm, or are as careless as if they did. */
class ScriptSandboxTest {

    private static final int TIME_MS = 200;

    /** Where something else has to stop the script, also on a machine that is busy. */
    private static final int PLENTY_MS = 20_000;

    private static final String RESULT = "{topic: 'a/b/things/twin/commands/modify', path: '/'}";

    private static final String LONG_TEXT = "let s = 'x'.repeat(1000000);";

    /** The body only runs for the message "harm", and may take less time than usual. */
    private static PayloadMapper harmful(String body) {
        return hurried(
                "if (textPayload === 'harm') {" + body + "} return " + modify("'fine'") + ";");
    }

    private static PayloadMapper hurried(String body) {
        return within(
                TIME_MS,
                "function mapToDittoProtocolMsg(headers, textPayload, bytePayload) {" + body + "}");
    }

    private static PayloadMapper within(int milliseconds, String script) {
        var config =
                ConfigFactory.parseResources("reference.conf")
                        .withValue(
                                "ditto.connectivity.mapping.javascript.maxScriptExecutionTime",
                                ConfigValueFactory.fromAnyRef(milliseconds + "ms"))
                        .resolve();
        return new Mappers(MappingConfig.of(config))
                .mapper(
                        "m",
                        new MappingDefinition(
                                "JavaScript",
                                options("incomingScript", script),
                                Map.of(),
                                Map.of()));
    }

    private static void assertCutOff(PayloadMapper mapper) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message("harm")))
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo("connectivity:message.mapping.failed");
                    assertThat(e.problem().description()).startsWith("The script failed: ");
                });
        assertGoesOn(mapper);
    }

    /** What does no harm is mapped, at once or, on a busy machine, when it has had time enough. */
    private static void assertGoesOn(PayloadMapper mapper) {
        List<Signal> mapped =
                await().pollInSameThread()
                        .pollDelay(Duration.ZERO)
                        .ignoreExceptionsMatching(ScriptSandboxTest::isForWantOfTime)
                        .until(() -> mapper.inbound(message("ok")), _ -> true);
        assertThat(mapped.getFirst().value()).hasToString("\"fine\"");
    }

    private static boolean isForWantOfTime(Throwable failure) {
        return failure instanceof ProblemException e
                && String.valueOf(e.problem().description()).contains("it ran for longer than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "for (;;) { try { while (true) {} } catch (e) {} finally { while (true) {} } }",
                "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.match(/^(a+)+$/);",
                "eval('while (true) {}');",
                "(function() {}).constructor('while (true) {}')();",
                "[3, 2, 1].sort(() => { while (true) {} });",
                "new Array(4294967295).indexOf(1);",
                "new Array(4294967295).sort();",
                "Array.prototype.includes.call({length: 9007199254740991}, 1);",
                "Array.prototype.every.call({get length() { return 1e15; }}, x => true);",
                "let m = new Map([[0, 0]]); let i = 1; m.forEach(() => m.set(i++, 1));",
                "let o = {}; o[Symbol.iterator] = () => ({next: Object}); [...o];",
                "3n ** 100000000n;",
                "BigInt('9'.repeat(1000000));",
                "'x'.repeat(100000).replace(/(x+x+)+y/, '');",
                "/^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(50));",
                "new RegExp('(x+)*'.repeat(20) + 'y').exec('x'.repeat(1000));",
                "'x'.repeat(50).split(/(?:x+x+)+y/);",
                "[...Array(100000).keys()].sort((a, b) => { for (let i = 0; i < 1e9; i++) {} return a - b; });",
                "for (let k in new Proxy({}, {ownKeys() { while (true) {} }})) {}",
                "new Date(2020, 1, {valueOf() { while (true) {} }});",
                "let o = {valueOf() { while (true) {} }}; o + 1;",
                "let o = {[Symbol.toPrimitive]() { while (true) {} }}; `${o}`;",
                "[1, 2].includes(new Proxy({}, {get() { while (true) {} }})) || new Array(4294967295).lastIndexOf(1);",
                "for (let a = [1]; ; a = a.map(x => x + 1)) {}",
            })
    void ends_what_takes_too_long(String body) {
        assertCutOff(harmful(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "function f() { return f(); } f();",
                "function f() { return [1].map(f); } f();",
                "let o = {toString: () => '' + o}; '' + o;",
                "let p = {get x() { return this.x; }}; p.x;",
                "JSON.parse('['.repeat(100000));",
                "new RegExp('('.repeat(10000));",
            })
    void ends_what_goes_too_deep(String body) {
        assertCutOff(harmful(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "let s = 'x'; for (let i = 0; i < 30; i++) s += s; s.charCodeAt(5);",
                "let o = {s: 'x'}; for (let i = 0; i < 30; i++) o.s = o.s + o.s; o.s.indexOf('y');",
                "let s = 'x'; for (let i = 0; i < 29; i++) s = `${s}${s}`;",
                "'x'.repeat(1000000000);",
                "'x'.repeat({valueOf: () => 1000000000});",
                "'x'.padStart(1000000000);",
                "'x'.padEnd(1000000000, 'abc');",
                "let a = []; for (let i = 0; i < 1000; i++) a.push('x'.repeat(100000)); a.join();",
                "new ArrayBuffer(2000000000);",
                "new Float64Array(200000000);",
                "new (Object.getPrototypeOf(new Uint8Array(1)).constructor)(2000000000);",
                "new Uint8Array({length: 1000000000});",
                "new Array(100000000).fill(1);",
                "Array.from({length: 1000000000});",
                "Math.max.apply(null, {length: 1000000000});",
                "Reflect.apply(Math.max, null, {length: 1000000000});",
                "let a = [1]; for (let i = 0; i < 30; i++) a = a.concat(a);",
                "let a = [1]; for (let i = 0; i < 30; i++) a = [...a, ...a];",
                "let a = [1]; for (let i = 0; i < 30; i++) a.push.apply(a, a);",
                "let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; JSON.stringify(a);",
                "let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; '' + a;",
                "let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; a.flat(100);",
                "let a = {}; for (let i = 0; i < 40; i++) a = {a: a, b: a}; JSON.stringify(a);",
                "let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; return {topic: 'a/b/things/twin/commands/modify', path: '/', value: a};",
                LONG_TEXT + "s.replace(/x/g, s);",
                LONG_TEXT + "s.replaceAll('x', s);",
                LONG_TEXT + "s.replace(/x/g, '$`$`');",
                LONG_TEXT + "s.replace(/x/g, () => s);",
                LONG_TEXT + "s.match(/x/g);",
                LONG_TEXT + "s.concat(s, s);",
                "let a = []; while (true) a.push({});",
                "let m = new Map(); let i = 0; while (true) m.set(i++, {});",
                "function* g() { while (true) yield 1; } [...g()];",
                "let o = {}; for (let i = 0; ; i++) o['k' + i] = i;",
                "eval('1+'.repeat(100000) + '1');",
                "let o = {}; o.o = o; JSON.stringify(o);",
                "JSON.stringify({toJSON() { return this; }, get a() { while (true) {} }});",
                "new Array(1e9).join('x');",
                "new Array(1e9).toString();",
                "Array.from(new Array(4294967295));",
                "'x'.repeat(1e6).split('').join('y'.repeat(1e6));",
                "String.raw({raw: {length: 1e9}});",
                "String.fromCharCode.apply(null, new Array(1e8));",
                "Object.fromEntries((function* () { for (let i = 0; ; i++) yield [i, i]; })());",
                "new Set((function* () { for (let i = 0; ; i++) yield i; })());",
                "Object.assign({}, 'x'.repeat(1e6).split(''), [...'x'.repeat(1e6)]);",
                "encodeURIComponent('\\u20ac'.repeat(1e6)) + escape('\\u20ac'.repeat(1e6));",
                "let b = new ArrayBuffer(1e7); for (;;) b = b.slice(0);",
                "new Uint8Array(1e7).fill(1).toString();",
            })
    void ends_what_takes_too_much_memory(String body) {
        assertCutOff(harmful(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.System.exit(1);",
                "Packages.java.lang.System.exit(1);",
                "new JavaAdapter();",
                "getClass('java.lang.System');",
                "'a'.getClass();",
                "Ditto.buildExternalMsg.getClass();",
                "bytePayload.getBuffer();",
                "(() => { try { null.x } catch (e) { return e.javaException; } })().getClass();",
                "(() => { try { null.x } catch (e) { return e.rhinoException; } })().getClass();",
                "importPackage(java.io);",
                "quit();",
                "load('/etc/passwd');",
                "require('fs');",
                "({}).constructor.constructor('return this')().java.lang.System.exit(1);",
                "(function () { return this; })().Packages.java.lang.System.exit(1);",
                "new Function('return java')().lang.System.exit(1);",
                "Object.getPrototypeOf(headers).getClass();",
                "headers.__javaObject__.x;",
                "textPayload.constructor.prototype.getBytes();",
                "new (bytePayload.constructor)(1).getClass();",
                "with (Packages) { java.lang.System.exit(1); }",
                "JavaImporter(java.lang);",
                "javaException.x;",
                "new Continuation()('x').getClass();",
                "print('x');",
                "readFile('/etc/passwd');",
                "runCommand('id');",
                "spawn(() => 1);",
                "sync(() => 1)();",
                "org.mozilla.javascript.Context.enter();",
                "__parent__.java.lang;",
            })
    void gives_no_way_to_java(String body) {
        assertCutOff(harmful(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Array.prototype.evil = 1;",
                "Array.prototype.map = 1;",
                "Array.prototype.__proto__ = {evil: 1};",
                "Object.setPrototypeOf(Array.prototype, {evil: 1});",
                "Reflect.setPrototypeOf(Array.prototype, {evil: 1});",
                "Object.defineProperty(Array.prototype, 'map', {value: 1});",
                "Reflect.defineProperty(Array.prototype, 'map', {value: 1});",
                "Object.defineProperties(Array.prototype, {map: {value: 1}});",
                "Object.assign(Array.prototype, {map: 1});",
                "Object.freeze(Array.prototype);",
                "Object.preventExtensions(Array.prototype);",
                "delete Array.prototype.map;",
                "Object.getPrototypeOf([].values()).next = () => ({done: true});",
                "Object.prototype.__defineGetter__('evil', () => 1);",
                "Array.prototype.map.evil = 1;",
                "Array.prototype.push.call(Array.prototype, 1);",
                "Math.evil = 1; JSON.evil = 1;",
                "globalThis.evil = 1;",
                "evil = 1; Array = 2; JSON = 3;",
                "Ditto.evil = 1; Ditto.buildDittoProtocolMsg = null;",
                "this.evil = 1;",
                "({}).constructor.prototype.evil = 1;",
                "({}).__proto__.evil = 1;",
                "[].__proto__.__proto__.evil = 1;",
                "JSON.parse('{\"__proto__\": {\"evil\": 1}}');",
                "Object.prototype.toString = () => 'evil'; Object.prototype.evil = 1;",
                "Object.prototype.toJSON = () => 'evil';",
                "Object.prototype.__proto__ = {evil: 1};",
                "Function.prototype.call = null; Function.prototype.evil = 1;",
                "Symbol.iterator.evil = 1; Symbol.prototype.evil = 1;",
                "Ditto.buildDittoProtocolMsg = () => null; Ditto = null;",
                "String.prototype.split = 1; Number.prototype.evil = 1; Date.now = 1;",
                "(function* () {}).constructor.prototype.evil = 1;",
                "Error.prepareStackTrace = () => { throw 1; }; Error.stackTraceLimit = 1e9;",
                "RegExp.prototype.exec = () => null; RegExp.prototype.evil = 1;",
                "Promise.prototype.then = null; Promise.evil = 1;",
            })
    void keeps_what_scripts_share_as_it_is(String body) {
        PayloadMapper stranger = harmful(body);
        try {
            stranger.inbound(message("harm"));
        } catch (ProblemException e) {
            // Refused, which is as good as having no effect.
        }

        PayloadMapper mapper =
                incomingValue(
                        "[typeof evil, [].evil, ({}).evil, Math.evil, [].map(x => x).length,"
                                + " [...[1]].length, Object.isFrozen(Array.prototype),"
                                + " Object.isExtensible(Array.prototype), [].map.evil, [][0],"
                                + " typeof JSON.stringify, Ditto.evil]");

        assertThat(mapper.inbound(message("x")).getFirst().value())
                .hasToString(
                        "[\"undefined\",null,null,null,0,1,false,true,null,null,\"function\",null]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "let o = {}; o.toString = () => 'mine'; '' + o",
                "let o = {}; o.constructor = 'mine'; o.constructor",
                "function toString() { return 'mine'; } toString()",
                "var Map = 'mine'; Map",
                "let o = {__proto__: {m: 'mine'}}; o.m",
                "let o = {}; o.__proto__ = {m: 'mine'}; o.m",
                "Object.defineProperty({}, 'm', {value: 'mine'}).m",
                "Object.freeze(['mine'])[0]",
                "globalThis.m = 'mine'; m",
            })
    void lets_a_script_do_as_it_likes_with_its_own(String statements) {
        PayloadMapper mapper =
                incomingBody("return " + modify("eval(" + quoted(statements) + ")") + ";");

        assertThat(mapper.inbound(message("x")).getFirst().value()).hasToString("\"mine\"");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw {toString: () => { while (true) {} }};",
                "throw {get message() { while (true) {} }, toString: () => { throw 1; }};",
                "throw Object.create(null);",
                "throw null;",
                "throw undefined;",
                "throw Symbol('s');",
                "throw 5n;",
                "throw new Error('x'.repeat(1000000));",
                "let e = new Error('x'); e.toString = () => { while (true) {} }; throw e;",
                "let e = new Error('x'); Object.defineProperty(e, 'message', {get() { while (true) {} }}); throw e;",
                "let e = new Error('x'); e.stack = null; e.name = {toString() { while (true) {} }}; throw e;",
            })
    void reports_whatever_a_script_throws(String body) {
        PayloadMapper mapper = harmful(body);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message("harm")))
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo("connectivity:message.mapping.failed");
                    assertThat(e.problem().description()).hasSizeLessThan(1_000);
                });
        assertGoesOn(mapper);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return {get topic() { while (true) {} }};",
                "return {topic: {toJSON() { while (true) {} }}, path: '/'};",
                "let r = "
                        + RESULT
                        + "; r.value = {toJSON() { return {toJSON: this.toJSON}; }}; return r;",
                "let r = "
                        + RESULT
                        + "; r.value = {get a() { return {get a() { throw 1; }}; }}; return r;",
                "let r = " + RESULT + "; r.headers = {get h() { while (true) {} }}; return r;",
                "let r = " + RESULT + "; r.value = []; r.value.length = 4294967295; return r;",
                "let r = "
                        + RESULT
                        + "; r.value = 'x'.repeat(900000); let a = []; for (let i = 0; i < 900; i++) a.push(r.value); r.value = a; return r;",
                "let r = " + RESULT + "; r.value = r; return r;",
                "let a = ["
                        + RESULT
                        + "]; Object.defineProperty(a, 0, {get() { while (true) {} }}); return a;",
                "let a = []; a.length = 4294967295; return a;",
                "return new Proxy({}, {get() { while (true) {} }, ownKeys() { while (true) {} }});",
                "let r = "
                        + RESULT
                        + "; r.value = new Proxy({}, {ownKeys() { while (true) {} }}); return r;",
                "let r = "
                        + RESULT
                        + "; r.value = new Proxy({}, {get(t, n) { return new Proxy(t, this); }, has: () => true, ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({value: 1, enumerable: true, configurable: true})}); return r;",
            })
    void ends_what_hides_in_a_result(String body) {
        assertCutOff(harmful(body));
    }

    /** What the language leaves undone at the end of a call is no harm either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Promise.resolve().then(() => { while (true) {} });",
                "(function f() { Promise.resolve().then(f); })();",
                "function* g() { try { while (true) yield 1; } finally { while (true) {} } } for (let x of g()) break;",
                "return {topic: {toString() { while (true) {} }}, path: '/'};",
            })
    void goes_on_after_whatever_a_script_leaves_behind(String body) {
        PayloadMapper mapper = harmful(body);
        try {
            mapper.inbound(message("harm"));
        } catch (ProblemException e) {
            assertThat(e.problem().code()).isEqualTo("connectivity:message.mapping.failed");
        }

        assertGoesOn(mapper);
    }

    @Test
    void says_in_which_line_a_script_was_cut_off() {
        PayloadMapper mapper = harmful("\n\nwhile (true) {}");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message("harm")))
                .satisfies(e ->
                        assertThat(e.problem().description())
                                .contains("incomingScript, line 3")
                                .contains(TIME_MS + " ms"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var kept = []; function keep() { kept.push('x'.repeat(900000)); }",
                "var kept = []; function keep() { let a = []; for (let i = 0; i < 20000; i++) a.push({i: i}); kept.push(a); }",
                "var kept = {}; var k = 0; function keep() { for (let i = 0; i < 20000; i++) kept['k' + k++] = k; }",
                "var kept = () => 0; function keep() { let s = 'x'.repeat(900000); let f = kept; kept = () => s + f; }",
                "var kept = new Map(); function keep() { kept.set({}, new Uint8Array(900000)); }",
                "var kept = null; function keep() { kept = (function () {}).bind(kept, 'x'.repeat(900000)); }",
                "var kept = []; function* g(s) { yield s; } function keep() { let i = g('x'.repeat(900000)); i.next(); kept.push(i); }",
                "function keep() { let f = mapToDittoProtocolMsg; f[Symbol('s')] = 'x'.repeat(900000); }",
                "String.prototype.kept = []; function keep() { ''.kept.push('x'.repeat(900000)); }",
            })
    void loads_a_script_anew_whose_variables_grow_without_end(String statements) {
        PayloadMapper mapper =
                within(
                        PLENTY_MS,
                        statements
                                + "var n = 0; function mapToDittoProtocolMsg(headers) { keep(); n++;"
                                + " return "
                                + modify("n")
                                + "; }");

        int failures = 0;
        String last = "";
        for (int i = 0; i < 40; i++) {
            try {
                last = String.valueOf(mapper.inbound(message("x")).getFirst().value());
            } catch (ProblemException e) {
                assertThat(e.problem().description()).contains("its variables hold more than");
                failures++;
            }
        }

        assertThat(failures).isBetween(1, 10);
        assertThat(Integer.parseInt(last)).isLessThan(40);
    }

    @Test
    void leaves_a_script_alone_that_keeps_little() {
        PayloadMapper mapper =
                incoming(
                        "var n = 0; var last = null; function mapToDittoProtocolMsg(headers) { last ="
                                + " 'x'.repeat(900000); n++; return "
                                + modify("n")
                                + "; }");

        for (int i = 1; i <= 60; i++) {
            assertThat(mapper.inbound(message("x")).getFirst().value())
                    .hasToString(String.valueOf(i));
        }
    }

    @Test
    void refuses_payloads_that_are_too_large_for_a_script() {
        PayloadMapper mapper = incomingValue("textPayload.length");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message("x".repeat(5_000_000))));
        assertThat(mapper.inbound(message("x".repeat(200_000))).getFirst().value())
                .hasToString("200000");
    }
}
