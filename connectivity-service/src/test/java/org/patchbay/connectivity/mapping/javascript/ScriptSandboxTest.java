package org.patchbay.connectivity.mapping.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.patchbay.connectivity.mapping.MapperFixtures.incomingBody;
import static org.patchbay.connectivity.mapping.MapperFixtures.incomingValue;
import static org.patchbay.connectivity.mapping.MapperFixtures.message;
import static org.patchbay.connectivity.mapping.MapperFixtures.modify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.ProblemException;

/** Scripts that mean harm, or are as careless as if they did. */
class ScriptSandboxTest {

    private static final String LONG_TEXT = "let s = 'x'.repeat(1000000);";

    /** The body only runs for the message "harm". */
    private static PayloadMapper harmful(String body) {
        return incomingBody(
                "if (textPayload === 'harm') {" + body + "} return " + modify("'fine'") + ";");
    }

    private static void assertCutOff(PayloadMapper mapper) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message("harm")))
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo("connectivity:message.mapping.failed");
                    assertThat(e.problem().description()).startsWith("The script failed: ");
                });
        assertThat(mapper.inbound(message("ok")).getFirst().value()).hasToString("\"fine\"");
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

    @Test
    void refuses_payloads_that_are_too_large_for_a_script() {
        PayloadMapper mapper = incomingValue("textPayload.length");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message("x".repeat(5_000_000))));
        assertThat(mapper.inbound(message("x".repeat(200_000))).getFirst().value())
                .hasToString("200000");
    }
}
