package org.patchbay.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.node.FreePort;

class PatchbayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SIGTERM_EXIT = 143;

    @TempDir Path data;

    @Test
    void is_up_when_it_says_so_and_stops_when_told() throws Exception {
        try (PatchbayProcess patchbay = PatchbayProcess.start(data).awaitReady()) {
            assertThat(patchbay.get("/health")).isEqualTo("200 {\"status\":\"UP\"}");
            assertThat(patchbay.out()).contains(patchbay.url()).contains(data.toString());

            patchbay.terminate();

            assertThat(patchbay.awaitExit(PATIENCE)).isEqualTo(SIGTERM_EXIT);
            assertThat(patchbay.err()).isEmpty();
        }
    }

    @Test
    void a_second_process_on_the_same_data_ends_and_leaves_the_first_alone() throws Exception {
        try (PatchbayProcess first = PatchbayProcess.start(data).awaitReady();
                PatchbayProcess second = PatchbayProcess.start(data)) {
            assertFailsWith(second, "in use", data.toString());

            assertThat(first.get("/health")).startsWith("200");
        }
    }

    @Test
    void comes_back_after_it_was_killed() throws Exception {
        try (PatchbayProcess killed = PatchbayProcess.start(data).awaitReady()) {
            killed.kill();
            killed.awaitExit(PATIENCE);
        }

        try (PatchbayProcess again = PatchbayProcess.start(data).awaitReady()) {
            assertThat(again.get("/health")).startsWith("200");
        }
    }

    @Test
    void a_busy_port_is_named() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PatchbayProcess patchbay =
                        PatchbayProcess.start(data, busy.getLocalPort(), Map.of())) {
            assertFailsWith(patchbay, Integer.toString(busy.getLocalPort()), "PATCHBAY_HTTP_PORT");
        }
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_named() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "x");
        try (PatchbayProcess patchbay = PatchbayProcess.start(file.resolve("data"))) {
            assertFailsWith(patchbay, file.resolve("data").toString(), "PATCHBAY_DATA");
        }
    }

    @Test
    void a_wrong_setting_is_named() throws Exception {
        assertFails(Map.of("PATCHBAY_ROLES", "gateway,cook"), "variable PATCHBAY_ROLES");
        assertFails(
                Map.of("CONNECTIVITY_LOGGER_SUCCESS_CAPACITY", "0"),
                "variable CONNECTIVITY_LOGGER_SUCCESS_CAPACITY");
        assertFails(Map.of("JDK_JAVA_OPTIONS", "-Dconfig.file=/not/there.conf"), "/not/there.conf");
    }

    @Test
    void variables_without_effect_are_named_at_start_and_the_configuration_is_shown_without_one()
            throws Exception {
        Map<String, String> environment =
                Map.of("MONGO_DB_URI", "mongodb://u:geheim@db", "DEVOPS_PASSWORD", "geheim");
        int port = FreePort.next();
        try (PatchbayProcess patchbay =
                PatchbayProcess.start(data, port, environment).awaitReady()) {
            assertThat(patchbay.out()).contains("MONGO_DB_URI without effect yet");

            try (PatchbayProcess config =
                    PatchbayProcess.start(data, port, environment, "config")) {
                assertThat(config.awaitExit(PATIENCE)).isZero();
                assertThat(config.out())
                        .contains("= \"" + port + "\"", "# environment variable PATCHBAY_HTTP_PORT")
                        .doesNotContain("geheim");
                assertThat(config.err()).contains("MONGO_DB_URI").doesNotContain("geheim");
            }
        }
    }

    private void assertFails(Map<String, String> environment, String named) throws Exception {
        try (PatchbayProcess patchbay = PatchbayProcess.start(data, FreePort.next(), environment)) {
            assertFailsWith(patchbay, named);
        }
    }

    private static void assertFailsWith(PatchbayProcess patchbay, String... named)
            throws InterruptedException {
        assertThat(patchbay.awaitExit(PATIENCE)).isEqualTo(1);
        assertThat(patchbay.err().lines().filter(line -> !line.startsWith("NOTE: Picked up")))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("patchbay: ").contains(named));
        assertThat(patchbay.out()).doesNotContain("Exception");
    }
}
