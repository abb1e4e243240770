package org.patchbay.benchmarks.path;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link BareLoop} as a process of its own, with the heap and the collector that Patchbay has. */
final class BareProcess implements AutoCloseable {

    private final Process process;

    private BareProcess(Process process) {
        this.process = process;
    }

    static BareProcess start(int brokerPort, int qos) throws IOException {
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
                                        String.valueOf(brokerPort),
                                        String.valueOf(qos)))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(output.readLine())) {
            process.destroyForcibly();
            throw new IllegalStateException("The bare loop did not start");
        }
        return new BareProcess(process);
    }

    Duration cpu() {
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
