package org.patchbay.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Where a process spends its CPU time, recorded by its own flight recorder. */
public final class Profile {

    private static final String SAMPLE = "jdk.CPUTimeSample";
    private static final int TOP = 25;

    private Profile() {}

    private static final String SETTINGS =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0" label="figures">
              <event name="jdk.CPUTimeSample">
                <setting name="enabled">true</setting>
                <setting name="throttle">5ms</setting>
              </event>
              <event name="jdk.ObjectAllocationSample">
                <setting name="enabled">true</setting>
                <setting name="throttle">300/s</setting>
                <setting name="stackTrace">true</setting>
              </event>
              <event name="jdk.GarbageCollection">
                <setting name="enabled">true</setting>
              </event>
            </configuration>
            """;

    public static void start(long pid) throws IOException, InterruptedException {
        Path settings = Files.createTempFile("figures", ".jfc");
        try {
            Files.writeString(settings, SETTINGS);
            jcmd(pid, "JFR.start", "name=figures", "settings=" + settings);
        } finally {
            Files.delete(settings);
        }
    }

    public static void stop(long pid, Path file) throws IOException, InterruptedException {
        jcmd(pid, "JFR.stop", "name=figures", "filename=" + file.toAbsolutePath());
    }

    /**
     * The methods on top of the stacks, and the first frames of ours or of a library below them.
     */
    public static void print(Path file) throws IOException {
        Map<String, Integer> tops = new HashMap<>();
        Map<String, Integer> ours = new HashMap<>();
        Map<String, Integer> threads = new HashMap<>();
        int all = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (!event.getEventType().getName().equals(SAMPLE)
                        || event.getStackTrace() == null) {
                    continue;
                }
                List<RecordedFrame> frames = event.getStackTrace().getFrames();
                if (frames.isEmpty()) {
                    continue;
                }
                all++;
                tops.merge(name(frames.getFirst()), 1, Integer::sum);
                frames.stream()
                        .map(Profile::name)
                        .filter(name -> name.startsWith("org.patchbay."))
                        .distinct()
                        .forEach(name -> ours.merge(name, 1, Integer::sum));
                threads.merge(thread(event), 1, Integer::sum);
            }
        }
        print("on top of the stack", tops, all);
        print("ours, with all that they call", ours, all);
        print("threads", threads, all);
    }

    private static String thread(RecordedEvent event) {
        var thread = event.getThread("eventThread");
        return thread == null || thread.getJavaName() == null
                ? "none of Java's"
                : thread.getJavaName().replaceAll("\\d+", "N");
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    private static void print(String title, Map<String, Integer> counts, int all) {
        System.out.println("\n| % of " + all + " samples | " + title + " |\n|---|---|");
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(TOP)
                .forEach(entry ->
                        System.out.printf(
                                Locale.ROOT,
                                "| %.1f | %s |%n",
                                100.0 * entry.getValue() / all,
                                entry.getKey()));
    }

    private static void jcmd(long pid, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        words.add(String.valueOf(pid));
        words.addAll(List.of(command));
        Process process =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("jcmd could not " + command[0]);
        }
    }
}
