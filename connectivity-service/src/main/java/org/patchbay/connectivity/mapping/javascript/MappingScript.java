package org.patchbay.connectivity.mapping.javascript;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.patchbay.connectivity.mapping.MappingConfig.ScriptLimits;
import org.patchbay.connectivity.mapping.ScriptException.Position;
import org.patchbay.connectivity.mapping.javascript.sandbox.LimitExceeded;
import org.patchbay.connectivity.mapping.javascript.sandbox.Retained;
import org.patchbay.connectivity.mapping.javascript.sandbox.Sandbox;

/**
 * One direction's script, loaded once; its global variables live as long as it does. Ends with a
 * {@link ScriptFailure} that says what is wrong and where.
 */
final class MappingScript {

    private static final int DETAILS_MAX = 500;

    private final Sandbox sandbox;
    private final String name;
    private final String source;
    private final List<String> libraries;
    private final @Nullable Path modules;
    private final ScriptLimits limits;
    private Scriptable scope;
    private long allocatedSinceLook;

    /** Calls into a script. */
    interface Call<T> extends BiFunction<Sandbox.Run, Scriptable, T> {}

    /**
     * Loads a script.
     *
     * @param name for messages: the option it stands in
     * @param modules a folder of modules that it may load, null for none
     */
    MappingScript(
            Sandbox sandbox,
            String name,
            String source,
            List<String> libraries,
            @Nullable Path modules) {
        this.sandbox = sandbox;
        this.name = name;
        this.source = source;
        this.libraries = libraries;
        this.modules = modules;
        this.limits = sandbox.limits();
        try {
            this.scope = load();
        } catch (StackOverflowError e) {
            throw new ScriptFailure(name + ": it is nested too deeply");
        }
    }

    /** Calls the script within the limits of one run. */
    <T> T call(Call<T> call) {
        try {
            T result =
                    guarded(run -> {
                        T mapped = call.apply(run, scope);
                        allocatedSinceLook += run.allocated();
                        return mapped;
                    });
            lookAtGlobals();
            return result;
        } catch (StackOverflowError e) {
            // It may have ended in the middle of anything, so the script starts afresh.
            scope = load();
            throw new ScriptFailure("its functions call each other too deeply");
        }
    }

    /**
     * Variables outlive a message, so that what a script puts there could grow without end. They
     * are only looked at after the script has used memory enough to have put much there.
     */
    private void lookAtGlobals() {
        if (allocatedSinceLook < limits.globalsMaxBytes()) {
            return;
        }
        allocatedSinceLook = 0;
        if (Retained.isMoreThan(limits.globalsMaxBytes(), scope)) {
            scope = load();
            throw new ScriptFailure(
                    name
                            + ": its variables hold more than "
                            + limits.globalsMaxBytes()
                            + " bytes from message to message, so it was loaded anew");
        }
    }

    /** A function that the script declares, null where it doesn't. */
    static @Nullable Function function(Scriptable scope, String name) {
        return ScriptableObject.getProperty(scope, name) instanceof Function function
                ? function
                : null;
    }

    private Scriptable load() {
        Scriptable fresh = withLibraries(Globals.shared());
        if (start(fresh, true)) {
            return fresh;
        }
        Scriptable own = withLibraries(Globals.own());
        start(own, false);
        return own;
    }

    private Scriptable withLibraries(Scriptable fresh) {
        libraries.forEach(library -> Globals.load(fresh, library));
        if (modules != null && fresh instanceof ScriptableObject top) {
            Modules.offer(modules, top);
        }
        return fresh;
    }

    /** False where the script wants to change what is not its own. */
    private boolean start(Scriptable fresh, boolean isShared) {
        return guarded(run -> {
            Script script = run.compileString(source, name, 1, null);
            try {
                script.exec(run, fresh, fresh);
                return true;
            } catch (EvaluatorException e) {
                if (!isShared) {
                    throw e;
                }
                return false;
            }
        });
    }

    private <T> T guarded(java.util.function.Function<Sandbox.Run, T> work) {
        try {
            return sandbox.run(run -> {
                try {
                    return work.apply(run);
                } catch (RhinoException e) {
                    // Here, because what was thrown may be an object with a script of its own.
                    throw failure(e);
                }
            });
        } catch (LimitExceeded e) {
            Position position = e.position();
            String source = position == null ? name : position.script();
            throw new ScriptFailure(where(source, position) + e.getMessage(), position);
        } catch (RhinoException e) {
            throw failure(e);
        }
    }

    private ScriptFailure failure(RhinoException e) {
        String source = e.sourceName() == null ? name : e.sourceName();
        Position position =
                e.lineNumber() > 0
                        ? new Position(source, e.lineNumber(), Math.max(0, e.columnNumber()))
                        : null;
        return new ScriptFailure(where(source, position) + cut(e.details()), position);
    }

    /** A script throws what it likes, and logs keep it. */
    private static String cut(@Nullable String details) {
        String text = String.valueOf(details);
        return text.length() <= DETAILS_MAX ? text : text.substring(0, DETAILS_MAX) + " …";
    }

    private static String where(String source, @Nullable Position position) {
        if (position == null) {
            return source + ": ";
        }
        String column = position.column() > 0 ? ", column " + position.column() : "";
        return source + ", line " + position.line() + column + ": ";
    }
}
