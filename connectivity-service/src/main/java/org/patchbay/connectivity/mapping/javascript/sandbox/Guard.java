package org.patchbay.connectivity.mapping.javascript.sandbox;

import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** A function of the language behind a check of what it is called with. */
final class Guard extends BaseFunction {
    private static final long serialVersionUID = 1L;

    private final transient Function function;
    private final transient Check check;

    /**
     * Ends the script where the call would take too much. May put plain values in the place of
     * arguments, so that the function sees what was checked.
     */
    @FunctionalInterface
    interface Check {
        void check(Sandbox.Run run, Scriptable self, Object[] arguments);
    }

    Guard(Scriptable scope, Function function, Check check) {
        this.function = function;
        this.check = check;
        setParentScope(scope);
        // What the function has of its own is found through it: its statics, its name.
        setPrototype(function);
        if (function instanceof ScriptableObject object && object.has("prototype", object)) {
            setImmunePrototypeProperty(object.get("prototype", object));
        }
    }

    @Override
    public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
        checked(context, self, arguments);
        return function.call(context, scope, self, arguments);
    }

    @Override
    public Scriptable construct(Context context, Scriptable scope, Object[] arguments) {
        checked(context, this, arguments);
        return function.construct(context, scope, arguments);
    }

    private void checked(Context context, Scriptable self, Object[] arguments) {
        if (context instanceof Sandbox.Run run) {
            run.check();
            check.check(run, self, arguments);
        }
    }

    @Override
    public int getArity() {
        return function instanceof BaseFunction base ? base.getArity() : 0;
    }

    @Override
    public int getLength() {
        return function instanceof BaseFunction base ? base.getLength() : 0;
    }

    @Override
    public String getFunctionName() {
        return function instanceof BaseFunction base ? base.getFunctionName() : "";
    }
}
