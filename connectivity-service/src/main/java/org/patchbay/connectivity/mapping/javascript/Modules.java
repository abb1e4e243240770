package org.patchbay.connectivity.mapping.javascript;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.NativeObject;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.TopLevel;
import org.patchbay.connectivity.mapping.javascript.sandbox.Sandbox;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;

/**
 * CommonJS modules of one folder, for one script: {@code require('pbf')} runs {@code pbf.js} within
 * the limits of the script that asks for it and gives its exports, the same ones each time. Nothing
 * outside of the folder can be asked for.
 */
final class Modules {

    private static final long SIZE_MAX_BYTES = 4L << 20;
    private static final String PACKAGE = "package.json";

    /** Compiled once for all scripts, as long as the file stays as it is. */
    private static final Map<Path, Compiled> COMPILED = new ConcurrentHashMap<>();

    private record Compiled(Script script, long modified, long size) {}

    private final Path folder;
    private final Scriptable scope;
    private final Map<Path, NativeObject> loaded = new HashMap<>();

    private Modules(Path folder, Scriptable scope) {
        this.folder = folder;
        this.scope = scope;
    }

    /** Gives a script the function {@code require}. */
    static void offer(Path folder, ScriptableObject scope) {
        Modules modules = new Modules(folder, scope);
        // What modules keep counts as what the script keeps.
        scope.associateValue("modules", modules.loaded);
        ScriptableObject.putProperty(scope, "require", modules.require(folder));
    }

    /**
     * The function {@code require} as a module has it.
     *
     * @param from where names that start with a dot begin
     */
    private LambdaFunction require(Path from) {
        return new LambdaFunction(
                scope,
                "require",
                1,
                (Context context, Scriptable _, Scriptable _, Object[] arguments) -> {
                    String id = arguments.length == 0 ? "" : ScriptRuntime.toString(arguments[0]);
                    return exports((Sandbox.Run) context, file(from, id));
                });
    }

    private Path file(Path from, String id) {
        Path start = id.startsWith("./") || id.startsWith("../") ? from : folder;
        Path named = start.resolve(id).normalize();
        if (id.isBlank() || !named.startsWith(folder) || named.equals(folder)) {
            throw unknown(id);
        }
        return candidates(named)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    private static Stream<Path> candidates(Path named) {
        String name = String.valueOf(named.getFileName());
        return Stream.of(
                        List.of(
                                named,
                                named.resolveSibling(name + ".js"),
                                named.resolveSibling(name + ".json")),
                        main(named),
                        List.of(named.resolve("index.js")))
                .flatMap(List::stream);
    }

    /** What a package of npm names as its entry. */
    private static List<Path> main(Path folder) {
        Path description = folder.resolve(PACKAGE);
        if (!Files.isRegularFile(description)) {
            return List.of();
        }
        JsonNode main;
        try {
            main = Json.parse(Files.readAllBytes(description)).path("main");
        } catch (IOException | ProblemException e) {
            return List.of();
        }
        Path entry = folder.resolve(main.asText("index.js")).normalize();
        return entry.startsWith(folder)
                ? List.of(entry, entry.resolveSibling(entry.getFileName() + ".js"))
                : List.of();
    }

    private static RuntimeException unknown(String id) {
        return ScriptRuntime.constructError("Error", "There is no module '" + id + "'");
    }

    private Object exports(Sandbox.Run run, Path file) {
        NativeObject known = loaded.get(file);
        if (known == null) {
            known = object();
            NativeObject exports = object();
            ScriptableObject.putProperty(known, "exports", exports);
            // Before it runs, so that modules may ask for each other.
            loaded.put(file, known);
            try {
                run(run, file, known, exports);
            } catch (Throwable e) {
                loaded.remove(file);
                throw e;
            }
        }
        return ScriptableObject.getProperty(known, "exports");
    }

    private void run(Sandbox.Run run, Path file, NativeObject module, NativeObject exports) {
        Script script = run.uncounted(() -> compiled(run, file));
        Function function = (Function) script.exec(run, scope, scope);
        Path parent = file.getParent();
        LambdaFunction require = require(parent == null ? folder : parent);
        function.call(run, scope, exports, new Object[] {exports, require, module});
    }

    private Script compiled(Sandbox.Run run, Path file) {
        try {
            long modified = Files.getLastModifiedTime(file).toMillis();
            long size = Files.size(file);
            Compiled known = COMPILED.get(file);
            if (known == null || known.modified() != modified || known.size() != size) {
                known = new Compiled(compile(run, file, size), modified, size);
                COMPILED.put(file, known);
            }
            return known.script();
        } catch (IOException e) {
            throw new ScriptFailure(name(file) + " can't be read: " + e);
        }
    }

    private Script compile(Sandbox.Run run, Path file, long size) throws IOException {
        if (size > SIZE_MAX_BYTES) {
            throw new ScriptFailure(name(file) + " has more than " + SIZE_MAX_BYTES + " bytes");
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        String body = name(file).endsWith(".json") ? "module.exports = " + text : text;
        return run.compileLibrary(
                "(function (exports, require, module) {" + body + "\n})", name(file));
    }

    private String name(Path file) {
        return folder.relativize(file).toString();
    }

    private NativeObject object() {
        NativeObject object = new NativeObject();
        ScriptRuntime.setBuiltinProtoAndParent(object, scope, TopLevel.Builtins.Object);
        return object;
    }

    /** The folder as configured, null where there is none. */
    static @Nullable Path folder(String configured) {
        return configured.isBlank() ? null : Path.of(configured).toAbsolutePath().normalize();
    }
}
