package org.patchbay.connectivity.mapping.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.patchbay.connectivity.mapping.MapperFixtures.message;
import static org.patchbay.connectivity.mapping.MapperFixtures.modify;
import static org.patchbay.connectivity.mapping.MapperFixtures.options;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.mapping.Mappers;
import org.patchbay.connectivity.mapping.MappingConfig;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.ProblemException;

/** Scripts that load modules of a folder. */
class ModulesTest {

    @TempDir private Path top;
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        folder = Files.createDirectory(top.resolve("modules"));
        Files.writeString(top.resolve("secret.js"), "module.exports = 'secret'");
        file("double.js", "exports.double = function (x) { return 2 * x; };");
        file("count.js", "var n = 0; module.exports = function () { return ++n; };");
        file("table.json", "{\"a\": [1, 2]}");
        file("pkg/package.json", "{\"main\": \"lib/entry\"}");
        file(
                "pkg/lib/entry.js",
                "module.exports = require('./part') + require('double').double(1)");
        file("pkg/lib/part.js", "module.exports = 40");
        file("plain/index.js", "module.exports = typeof this + (this === exports)");
        file("a.js", "exports.early = 1; exports.b = require('./b').early;");
        file("b.js", "exports.early = require('./a').early + 1;");
        file("broken.js", "\n\nvar x = nope;");
        file("endless.js", "\n\nwhile (true) {}");
        file("big.js", "/*" + "x".repeat(200_000) + "*/ module.exports = 'big'");
        file(
                "umd.js",
                "(function (root, make) { if (typeof define === 'function' && define.amd) define([],"
                        + " make); else if (typeof require === 'function' && typeof module ==="
                        + " 'object' && module && module.exports) module.exports = make(); else"
                        + " root.Umd = make(); })(this, function () { return 'umd'; });");
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private PayloadMapper mapper(String before, String expression) {
        var config =
                ConfigFactory.parseResources("reference.conf")
                        .withValue(
                                "ditto.connectivity.mapping.javascript.commonJsModulePath",
                                ConfigValueFactory.fromAnyRef(folder.toString()))
                        .resolve();
        String script =
                before
                        + " function mapToDittoProtocolMsg(headers) { return "
                        + modify(expression)
                        + "; }";
        return new Mappers(MappingConfig.of(config))
                .mapper(
                        "m",
                        new MappingDefinition(
                                "JavaScript",
                                options("incomingScript", script),
                                Map.of(),
                                Map.of()));
    }

    private static String value(PayloadMapper mapper) {
        return String.valueOf(mapper.inbound(message("x")).getFirst().value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "require('double').double(21)         | 42",
                "require('double.js').double(21)      | 42",
                "require('./double').double(21)       | 42",
                "require('table').a[1]                | 2",
                "require('pkg')                       | 42",
                "require('pkg/lib/part')              | 40",
                "require('plain')                     | \"objecttrue\"",
                "require('a').b                       | 2",
                "require('big')                       | \"big\"",
                "require('umd')                       | \"umd\"",
                "require('double') === require('./double.js') | true",
            })
    void loads_a_module(String expression, String expected) {
        assertThat(value(mapper("", expression))).isEqualTo(expected);
        assertThat(value(mapper("var loaded = " + expression + ";", "loaded"))).isEqualTo(expected);
    }

    @Test
    void a_module_lives_as_long_as_the_script_and_belongs_to_it_alone() {
        PayloadMapper one = mapper("var count = require('count');", "count()");
        PayloadMapper other = mapper("var count = require('count');", "count()");

        value(one);

        assertThat(value(one)).isEqualTo("2");
        assertThat(value(other)).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "./../secret",
                "pkg/../../secret",
                "/etc/passwd",
                "",
                ".",
                "fs",
                "no/such",
            })
    void gives_nothing_from_outside_of_the_folder(String id) {
        PayloadMapper mapper = mapper("", "require('" + id + "')");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message("x")))
                .satisfies(e ->
                        assertThat(e.problem().description())
                                .contains("There is no module '" + id + "'"));
    }

    @Test
    void says_where_in_a_module_something_is_wrong() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper("var b = require('broken');", "1"))
                .satisfies(e -> assertThat(e.problem().message()).contains("broken.js, line 3"));
    }

    @Test
    void a_module_runs_within_the_limits_of_its_script() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper("var b = require('endless');", "1"))
                .satisfies(e -> assertThat(e.problem().message()).contains("endless.js, line 3"));
    }

    @Test
    void a_module_that_was_changed_is_loaded_anew_by_the_next_script() throws IOException {
        value(mapper("", "require('double').double(1)"));

        file("double.js", "exports.double = function (x) { return 'changed'; };");

        assertThat(value(mapper("", "require('double').double(1)"))).isEqualTo("\"changed\"");
    }
}
