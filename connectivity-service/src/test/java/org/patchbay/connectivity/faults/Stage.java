package org.patchbay.connectivity.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.patchbay.connectivity.broker.proxy.TcpProxy;
import org.patchbay.connectivity.client.ClientOnBroker;

/** An open client whose link goes over a proxy, and the other side; both exchange numbers. */
public final class Stage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final String CONNECTED = "success: Connected.";

    final TcpProxy proxy;
    final ClientOnBroker client;
    final OtherSide other;
    private final boolean consumes;
    private int sent;
    private int changed;

    /**
     * @param consumes whether the client has sources
     */
    Stage(TcpProxy proxy, ClientOnBroker client, OtherSide other, boolean consumes) {
        this.proxy = proxy;
        this.client = client;
        this.other = other;
        this.consumes = consumes;
    }

    static ConditionFactory patiently() {
        return Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL);
    }

    /** The next numbers in both directions. */
    void exchange(int count) {
        change(count);
        send(count);
    }

    /** The other side sends the next numbers, and the broker has them. */
    void send(int count) {
        if (consumes) {
            other.send(
                    IntStream.range(sent, sent + count).mapToObj(ClientOnBroker::command).toList());
            sent += count;
        }
    }

    /** The client is to publish the next numbers. */
    void change(int count) {
        IntStream.range(changed, changed + count).forEach(client::changes);
        changed += count;
    }

    /** The same, each with so much beside it. */
    void change(int count, int bytesEach) {
        String filler = "x".repeat(bytesEach);
        IntStream.range(changed, changed + count).forEach(number -> client.changes(number, filler));
        changed += count;
    }

    /** The client has lost its link since its log was so long. */
    void awaitLoss(int logged) {
        patiently().untilAsserted(() -> assertThat(since(logged)).anyMatch(Stage::isFailure));
    }

    List<String> since(int logged) {
        List<String> log = client.log();
        return log.subList(logged, log.size());
    }

    static boolean isFailure(String entry) {
        return entry.startsWith("failure: ");
    }

    /** All numbers are on the other side and at the twin; new ones came in order. */
    void awaitEverything() {
        patiently()
                .untilAsserted(() -> {
                    assertThat(published()).as("published").isEqualTo(numbers(changed));
                    assertThat(firsts(client.asked())).as("consumed").isEqualTo(numbers(sent));
                });
    }

    /** Each as often as it came was settled, and status and log say that all is well. */
    void awaitWell() {
        patiently()
                .untilAsserted(() -> {
                    assertThat(client.totals().sources().snapshot().inFlight()).isZero();
                    assertThat(client.totals().targets().snapshot().inFlight()).isZero();
                    assertThat(client.status().get("liveStatus").asText()).isEqualTo("open");
                    assertThat(details(client.status())).isEqualTo("Connected.");
                });
    }

    /** What the status says of the client. */
    static String details(JsonNode status) {
        return status.get("clientStatus").get(0).get("statusDetails").asText();
    }

    /** What it says of the target. */
    String targetDetails() {
        return client.status().get("targetStatus").get(0).get("statusDetails").asText();
    }

    /** The numbers that the other side has, without repetitions. */
    List<Integer> published() {
        return firsts(other.heard().stream().map(ClientOnBroker::number).toList());
    }

    /** The log tells of a loss, with its reason, and then that the link is there again. */
    void assertToldOfLoss(int logged) {
        List<String> told = since(logged);
        assertThat(told).anyMatch(Stage::isFailure);
        assertThat(told.getLast()).isEqualTo(CONNECTED);
    }

    private static List<Integer> firsts(List<Integer> numbers) {
        return numbers.stream().distinct().toList();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Override
    public void close() {
        try (proxy;
                other) {
            client.close();
        }
    }
}
