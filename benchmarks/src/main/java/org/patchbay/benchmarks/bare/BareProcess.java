package org.patchbay.benchmarks.bare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link BareLoop} as a process of its own, with the heap and the collector that Patchbay has. */
public final class BareProcess implements AutoCloseable {

    static final String READY = "ready";

    private final Process process;

    private BareProcess(Process process) {
        this.process = process;
    }

    /**
     * @param type of connection
     * @param in where it consumes
     * @param out where it publishes
     */
    public static BareProcess start(String type, int brokerPort, String in, String out)
            throws IOException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xms64m",
                                        "-Xmx512m",
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        BareLoop.class.getName(),
                                        type,
                                        String.valueOf(brokerPort),
                                        in,
                                        out))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        while (line != null && !READY.equals(line)) {
            line = output.readLine();
        }
        if (line == null) {
            process.destroyForcibly();
            throw new IllegalStateException("The bare loop did not start");
        }
        return new BareProcess(process);
    }

    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
