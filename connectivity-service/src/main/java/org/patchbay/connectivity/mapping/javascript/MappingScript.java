package org.patchbay.connectivity.mapping.javascript;

import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.patchbay.connectivity.mapping.ScriptException.Position;

/**
 * One direction's script, loaded once; its global variables live as long as it does. Ends with a
 * {@link ScriptFailure} that says what is wrong and where.
 */
final class MappingScript {

    private final Sandbox sandbox;
    private final String name;
    private final String source;
    private final List<String> libraries;
    private Scriptable scope;

    /** Calls into a script. */
    interface Call<T> extends BiFunction<Sandbox.Run, Scriptable, T> {}

    /**
     * Loads a script.
     *
     * @param name for messages: the option it stands in
     */
    MappingScript(Sandbox sandbox, String name, String source, List<String> libraries) {
        this.sandbox = sandbox;
        this.name = name;
        this.source = source;
        this.libraries = libraries;
        try {
            this.scope = load();
        } catch (StackOverflowError e) {
            throw new ScriptFailure(name + ": it is nested too deeply");
        }
    }

    /** Calls the script within the limits of one run. */
    <T> T call(Call<T> call) {
        try {
            return guarded(run -> call.apply(run, scope));
        } catch (StackOverflowError e) {
            // It may have ended in the middle of anything, so the script starts afresh.
            scope = load();
            throw new ScriptFailure("its functions call each other too deeply");
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
            return sandbox.run(work);
        } catch (LimitExceeded e) {
            throw new ScriptFailure(String.valueOf(e.getMessage()), e.position());
        } catch (RhinoException e) {
            String source = e.sourceName() == null ? name : e.sourceName();
            Position position =
                    e.lineNumber() > 0
                            ? new Position(source, e.lineNumber(), Math.max(0, e.columnNumber()))
                            : null;
            throw new ScriptFailure(where(source, position) + e.details(), position);
        }
    }

    private static String where(String source, @Nullable Position position) {
        if (position == null) {
            return source + ": ";
        }
        String column = position.column() > 0 ? ", column " + position.column() : "";
        return source + ", line " + position.line() + column + ": ";
    }
}
