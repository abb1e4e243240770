package org.patchbay.connectivity.mapping.javascript.sandbox;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.ErrorReporter;
import org.mozilla.javascript.Evaluator;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.Scriptable;
import org.patchbay.connectivity.mapping.MappingConfig.ScriptLimits;

/**
 * Where scripts run: interpreted, without a way to Java, and watched. Interpreted, because only
 * there Rhino bounds the depth of calls, and because compiled scripts would be classes that eval
 * could make without end.
 */
public final class Sandbox extends ContextFactory {

    /** How many steps of a script pass between two looks at its clock and memory. */
    private static final int STEPS_BETWEEN_CHECKS = 100;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ScriptLimits limits;

    public Sandbox(ScriptLimits limits) {
        this.limits = limits;
    }

    public ScriptLimits limits() {
        return limits;
    }

    /** One run of a script: what it may use up to its end. */
    public static final class Run extends Context {
        private final ScriptLimits limits;
        private long deadlineNanos;
        private long allocatedBytesMax;
        private boolean compilesLibrary;
        private @Nullable LimitExceeded exceeded;

        private Run(Sandbox sandbox) {
            super(sandbox);
            limits = sandbox.limits;
            deadlineNanos = System.nanoTime() + limits.timeMax().toNanos();
            allocatedBytesMax = allocatedBytes() + limits.allocationMaxBytes();
        }

        /** The run that this thread is in. */
        static Run current() {
            return (Run) Context.getCurrentContext();
        }

        public ScriptLimits limits() {
            return limits;
        }

        /** Ends the script if it has used up what it may. */
        public void check() {
            if (exceeded != null) {
                // Still on its way out, through steps that count as well.
                throw exceeded;
            }
            if (System.nanoTime() > deadlineNanos) {
                throw exceeded("it ran for longer than " + limits.timeMax().toMillis() + " ms");
            }
            if (allocatedBytes() > allocatedBytesMax) {
                throw memoryExceeded();
            }
        }

        /** Ends the script if it can't have that much more memory. */
        void reserve(double bytes) {
            if (allocatedBytes() + bytes > allocatedBytesMax) {
                throw memoryExceeded();
            }
        }

        /** How much memory it has used up so far, garbage included. */
        public long allocated() {
            return allocatedBytes() + limits.allocationMaxBytes() - allocatedBytesMax;
        }

        /** Something that costs the script neither time nor memory. */
        public <T> T uncounted(Supplier<T> work) {
            long nanos = System.nanoTime();
            long bytes = allocatedBytes();
            try {
                return work.get();
            } finally {
                deadlineNanos += System.nanoTime() - nanos;
                allocatedBytesMax += allocatedBytes() - bytes;
            }
        }

        /** Compiles what the operator of this node put into a folder, of whatever size. */
        public Script compileLibrary(String source, String name) {
            compilesLibrary = true;
            try {
                return compileString(source, name, 1, null);
            } finally {
                compilesLibrary = false;
            }
        }

        /** Ends the script if it builds a text of that many characters. */
        void checkTextLength(double length) {
            if (length > limits.textLengthMax()) {
                throw exceeded(
                        "it built a text of more than " + limits.textLengthMax() + " characters");
            }
        }

        /** Ends the script if it works on a list of that many elements. */
        void checkElements(double count) {
            if (count > limits.elementsMax()) {
                throw exceeded("it used a list of more than " + limits.elementsMax() + " elements");
            }
        }

        @Override
        protected Object compileImpl(
                Scriptable scope,
                String source,
                String name,
                int line,
                Object securityDomain,
                boolean returnFunction,
                Evaluator compiler,
                ErrorReporter reporter,
                Consumer<CompilerEnvirons> environs) {
            // Compiling can't be interrupted, so what a script compiles is bounded as it is itself.
            if (!compilesLibrary && source.length() > limits.sizeMaxBytes()) {
                throw exceeded("it evaluates " + source.length() + " characters of code");
            }
            return super.compileImpl(
                    scope,
                    source,
                    name,
                    line,
                    securityDomain,
                    returnFunction,
                    compiler,
                    reporter,
                    environs);
        }

        /** The first one says where the script was. */
        private LimitExceeded exceeded(String why) {
            if (exceeded == null) {
                exceeded = new LimitExceeded(why);
            }
            return exceeded;
        }

        private LimitExceeded memoryExceeded() {
            return exceeded(
                    "it used more than " + limits.allocationMaxBytes() + " bytes of memory");
        }

        private static long allocatedBytes() {
            return THREADS.getCurrentThreadAllocatedBytes();
        }
    }

    /** Runs something that calls scripts, within the limits of one run. */
    public <T> T run(Function<Run, T> work) {
        return call(context -> work.apply((Run) context));
    }

    @Override
    protected Context makeContext() {
        Run run = new Run(this);
        run.setLanguageVersion(Context.VERSION_ES6);
        run.setInterpretedMode(true);
        run.setMaximumInterpreterStackDepth(limits.stackDepthMax());
        run.setInstructionObserverThreshold(STEPS_BETWEEN_CHECKS);
        run.setClassShutter(_ -> false);
        return run;
    }

    @Override
    protected void observeInstructionCount(Context context, int count) {
        ((Run) context).check();
    }
}
