package org.patchbay.connectivity.mapping.javascript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;
import org.patchbay.connectivity.mapping.javascript.sandbox.Guards;
import org.patchbay.connectivity.mapping.javascript.sandbox.Sandbox;

/**
 * What a script finds when it starts: the language's own objects and {@code Ditto}. The former are
 * made once and sealed, so that scripts can share them; a script that changes them (a polyfill)
 * gets its own.
 */
final class Globals {

    private static final String HERE = "/org/patchbay/connectivity/mapping/javascript/";
    private static final String DITTO = HERE + "ditto.js";
    private static final String SEAL = HERE + "seal.js";
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    static final String LONG = WEBJARS + "long/3.2.0/dist/long.js";
    static final String BYTE_BUFFER = WEBJARS + "bytebuffer/5.0.1/dist/bytebuffer.js";

    private static final ConcurrentHashMap<String, Script> LIBRARIES = new ConcurrentHashMap<>();

    private Globals() {}

    private static final class Shared {
        static final Scriptable SCOPE = trusted(context -> standard(context, true));
    }

    /** A scope of its own over the shared globals: a few hundred bytes. */
    static Scriptable shared() {
        return over(Shared.SCOPE);
    }

    /** A scope with globals of its own, which may be changed: 100 kB and some milliseconds. */
    static Scriptable own() {
        return over(trusted(context -> standard(context, false)));
    }

    /** Runs a library in a scope. */
    static void load(Scriptable scope, String library) {
        trusted(context -> library(library).exec(context, scope, scope));
    }

    private static Scriptable over(Scriptable globals) {
        ScriptScope scope = new ScriptScope();
        scope.setPrototype(globals);
        scope.defineProperty("globalThis", scope, ScriptableObject.DONTENUM);
        load(scope, DITTO);
        return scope;
    }

    /** The top of what a script sees; what it declares goes in here. */
    private static final class ScriptScope extends org.mozilla.javascript.TopLevel {
        private static final long serialVersionUID = 1L;
    }

    private static ScriptableObject standard(Context context, boolean sealed) {
        ScriptableObject globals = context.initSafeStandardObjects();
        Guards.install(globals);
        if (sealed) {
            Object seal = library(SEAL).exec(context, globals, globals);
            ((org.mozilla.javascript.Function) seal)
                    .call(context, globals, globals, new Object[] {sealing(globals)});
            globals.sealObject();
        }
        return globals;
    }

    private static BaseFunction sealing(Scriptable globals) {
        return new LambdaFunction(
                globals,
                "seal",
                1,
                (Context context, Scriptable scope, Scriptable self, Object[] arguments) -> {
                    if (arguments[0] instanceof ScriptableObject object) {
                        object.sealObject();
                    }
                    return Undefined.instance;
                });
    }

    private static Script library(String resource) {
        return LIBRARIES.computeIfAbsent(
                resource,
                name -> trusted(context -> context.compileString(text(name), name, 1, null)));
    }

    /** Only for our own code and for libraries: without limits, so never in the middle of a run. */
    private static <T> T trusted(Function<Context, T> work) {
        if (Context.getCurrentContext() instanceof Sandbox.Run) {
            throw new IllegalStateException("A script is running.");
        }
        return new org.mozilla.javascript.ContextFactory()
                .call(context -> {
                    context.setLanguageVersion(Context.VERSION_ES6);
                    context.setInterpretedMode(true);
                    return work.apply(context);
                });
    }

    private static String text(String resource) {
        try (InputStream in = Globals.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The library " + resource + " is missing.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
