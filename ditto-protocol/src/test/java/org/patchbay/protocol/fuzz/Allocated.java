package org.patchbay.protocol.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.patchbay.protocol.ProblemException;

/** What reading an input allocates, counted by the JVM: the same each time, unlike the time. */
final class Allocated {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocated() {}

    /**
     * How many times as much is allocated for an input four times as long: 4 where it grows with
     * the length, 16 where with its square. What is less than the input itself counts as that.
     */
    static double growth(int length, IntFunction<String> input, Consumer<String> reader) {
        String one = input.apply(length);
        String four = input.apply(4 * length);
        read(one, reader);
        return (double) bytes(four, reader) / Math.max(length, bytes(one, reader));
    }

    private static long bytes(String input, Consumer<String> reader) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        read(input, reader);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Refusing an input is as good as reading it. */
    static void read(String input, Consumer<String> reader) {
        try {
            reader.accept(input);
        } catch (ProblemException e) {
            if (e.problem().message().length() > 1_000) {
                throw new AssertionError("An error repeats all that it is about.", e);
            }
        }
    }
}
