package org.patchbay.benchmarks.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a process really keeps: its heap after a full garbage collection. */
final class Heap {

    private Heap() {}

    /** In MB. */
    static double liveMb(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process =
                new ProcessBuilder(List.of(jcmd, String.valueOf(pid), "GC.class_histogram"))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        for (String line : output.split("\n")) {
            if (line.startsWith("Total")) {
                String[] words = line.strip().split("\\s+");
                return Long.parseLong(words[2]) / 1e6;
            }
        }
        throw new IllegalStateException("jcmd does not tell the heap of " + pid + ":\n" + output);
    }
}
