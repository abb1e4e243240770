package org.patchbay.connectivity.mapping.javascript;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.ErrorReporter;
import org.mozilla.javascript.Evaluator;
import org.mozilla.javascript.Scriptable;
import org.patchbay.connectivity.mapping.MappingConfig.ScriptLimits;

/**
 * Where scripts run: interpreted, without a way to Java, and watched. Interpreted, because only
 * there Rhino bounds the depth of calls, and because compiled scripts would be classes that eval
 * could make without end.
 */
final class Sandbox extends ContextFactory {

    /** How many steps of a script pass between two looks at its clock and memory. */
    private static final int STEPS_BETWEEN_CHECKS = 100;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ScriptLimits limits;

    Sandbox(ScriptLimits limits) {
        this.limits = limits;
    }

    /** One run of a script: what it may use up to its end. */
    static final class Run extends Context {
        private final ScriptLimits limits;
        private long deadlineNanos;
        private long allocatedBytesMax;

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

        ScriptLimits limits() {
            return limits;
        }

        /** Ends the script if it has used up what it may. */
        void check() {
            if (System.nanoTime() > deadlineNanos) {
                throw new LimitExceeded(
                        "it ran for longer than " + limits.timeMax().toMillis() + " ms");
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

        /** Ends the script if it builds a text of that many characters. */
        void checkTextLength(double length) {
            if (length > limits.textLengthMax()) {
                throw new LimitExceeded(
                        "it built a text of more than " + limits.textLengthMax() + " characters");
            }
        }

        /** Ends the script if it works on a list of that many elements. */
        void checkElements(double count) {
            if (count > limits.elementsMax()) {
                throw new LimitExceeded(
                        "it used a list of more than " + limits.elementsMax() + " elements");
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
            if (source.length() > limits.sizeMaxBytes()) {
                throw new LimitExceeded("it evaluates " + source.length() + " characters of code");
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

        private LimitExceeded memoryExceeded() {
            return new LimitExceeded(
                    "it used more than " + limits.allocationMaxBytes() + " bytes of memory");
        }

        private static long allocatedBytes() {
            return THREADS.getCurrentThreadAllocatedBytes();
        }
    }

    /** Runs something that calls scripts, within the limits of one run. */
    <T> T run(Function<Run, T> work) {
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
