package org.patchbay.connectivity.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.faults.Stage.patiently;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.HttpEndpoint;
import org.patchbay.connectivity.broker.HttpEndpoint.Answer;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.broker.proxy.TcpProxy.Direction;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.monitoring.account.Ledger;
import org.patchbay.connectivity.monitoring.account.Reason;

/**
 * Faults between a connection that pushes and its endpoint. It has no link to lose: what breaks is
 * a request, which is sent again where that does no harm; what is not counts as not published, one
 * message at a time, and says why.
 */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpFaultsIT implements FaultContract {

    private final ActorTestKit kit = ActorTestKit.create(SETTINGS);
    private final HttpEndpoint endpoint = HttpEndpoint.started();
    private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();

    @AfterAll
    void stopEverything() {
        kit.shutdownTestKit();
        endpoint.close();
    }

    @Override
    public ActorTestKit kit() {
        return kit;
    }

    @Override
    public HttpEndpoint broker() {
        return endpoint;
    }

    @Override
    public ConnectionType type() {
        return ConnectionType.HTTP_PUSH;
    }

    @Override
    public boolean consumes() {
        return false;
    }

    @Override
    public boolean isOneLink() {
        return false;
    }

    /** What may be sent again. */
    @Override
    public String target(String name) {
        return "PUT:" + path(name);
    }

    private static String path(String name) {
        return "/" + name;
    }

    @Override
    public void block(boolean blocked) {
        Assumptions.abort("HTTP has no word for it: who reads no request does not answer it");
    }

    @Override
    public void revoke(boolean revoked) {
        endpoint.changePassword(revoked ? "another" : TestBroker.PASSWORD);
    }

    @Override
    public void fillUpAfter(String target, int messages) {
        shelves.put(target, new Shelf(messages));
    }

    @Override
    public OtherSide otherSide(String source, String target) {
        Shelf shelf = shelf(target);
        endpoint.answer(target.substring(target.indexOf(':') + 1), shelf::take);
        return shelf;
    }

    private Shelf shelf(String target) {
        return shelves.computeIfAbsent(target, _ -> new Shelf(Integer.MAX_VALUE));
    }

    /** What comes in is answers: the request is sent again, and its message may come twice. */
    @Override
    @Test
    public void a_link_that_is_cut_in_the_middle_of_a_message_that_comes_in() {
        assertThatNothingIsLostByACut(Direction.TO_CLIENT);
    }

    /** The endpoint has taken the message, but its answer does not come through. */
    @Override
    @Test
    public void a_link_whose_other_end_has_gone_without_a_word() {
        String target = target(UUID.randomUUID().toString());
        try (Stage stage = opened(endpoint.uri(), "", target)) {
            stage.change(5);
            stage.awaitEverything();

            shelf(target).fallSilent();
            stage.change(20);
            patiently().untilAsserted(() -> assertThat(stage.published()).hasSize(6));
            stage.proxy.freeze();
            shelf(target).speakAgain();

            stage.awaitEverything();
            awaitGivenUp(stage, 1, "status 408");
            stage.awaitWell();
        }
    }

    /** Nothing tells so until a request goes over it. */
    @Override
    @Test
    public void a_link_that_is_idle_when_its_other_end_goes_without_a_word() {
        try (Stage stage = opened()) {
            stage.change(5);
            stage.awaitEverything();

            stage.proxy.freeze();
            stage.change(5);

            patiently()
                    .untilAsserted(() ->
                            assertThat(stage.published())
                                    .containsExactly(0, 1, 2, 3, 4, 6, 7, 8, 9));
            awaitGivenUp(stage, 1, "status 408");
            stage.awaitWell();
        }
    }

    /** It is the target that shows it. */
    @Override
    @Test
    public void a_broker_that_restarts() {
        try (Stage stage = opened()) {
            stage.change(5);
            stage.awaitEverything();

            endpoint.stop();
            try {
                stage.change(10);
                patiently()
                        .untilAsserted(() ->
                                assertThat(stage.targetDetails()).contains("Publishing fails"));
                assertThat(stage.client.status().get("liveStatus").asText()).isEqualTo("open");
            } finally {
                endpoint.start();
            }
            stage.change(5);

            stage.awaitEverything();
            stage.awaitWell();
            awaitGivenUp(stage, 0, "");
            assertThat(stage.client.targetLog())
                    .anyMatch(line -> line.startsWith("failure: Publishing fails"))
                    .anyMatch(line -> line.startsWith("success: Publishing works again"));
        }
    }

    /** Each answer says so, and nothing is sent again for it. */
    @Override
    @Test
    public void a_user_who_is_not_let_in_any_more() {
        try (Stage stage = opened(endpoint.uri(TestBroker.USER, TestBroker.PASSWORD))) {
            stage.change(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();

            revoke(true);
            try {
                stage.change(5);
                awaitGivenUp(stage, 5, "status 401");
                JsonNode status = stage.client.status();
                assertThat(status.get("liveStatus").asText()).isEqualTo("open");
                assertThat(Stage.details(status)).contains("refused");
                assertThat(stage.since(logged))
                        .singleElement()
                        .asString()
                        .startsWith("failure: ")
                        .contains("refused")
                        .doesNotContain(TestBroker.PASSWORD);
            } finally {
                revoke(false);
            }
            stage.change(5);

            patiently()
                    .untilAsserted(() ->
                            assertThat(stage.published())
                                    .containsExactly(0, 1, 2, 3, 4, 10, 11, 12, 13, 14));
            stage.awaitWell();
            assertThat(stage.since(logged).getLast()).startsWith("success: ");
        }
    }

    @Test
    void a_request_that_is_cut_and_must_not_be_sent_again() {
        String target = "POST:" + path(UUID.randomUUID().toString());
        try (Stage stage = opened(endpoint.uri(), "", target)) {
            stage.change(5);
            stage.awaitEverything();

            stage.proxy.cutAfter(Direction.TO_BROKER, 25_000);
            stage.change(40);

            awaitGivenUp(stage, 1, "status 503");
            patiently().untilAsserted(() -> assertThat(stage.published()).contains(44));
            stage.awaitWell();
            assertThat(stage.other.heard()).doesNotHaveDuplicates();
            assertThat(stage.published()).isSorted().hasSize(44);
        }
    }

    /** So many count as not published, each with this reason. */
    private static void awaitGivenUp(Stage stage, int count, String reason) {
        patiently()
                .untilAsserted(() -> {
                    Ledger.Snapshot targets = stage.client.totals().targets().snapshot();
                    assertThat(targets.count(Reason.PUBLISHING_FAILED)).isEqualTo(count);
                });
        assertThat(stage.client.targetLog())
                .filteredOn(line -> line.startsWith("failure: Not published"))
                .hasSize(count)
                .allMatch(line -> line.contains(reason));
    }

    /** What the endpoint has taken; what was heard of it makes room for more. */
    private static final class Shelf implements OtherSide {

        /** Together longer than what a test waits for before it cuts a link. */
        private static final Answer TAKEN = Answer.of(200, "text/plain", "taken ".repeat(300));

        private static final Answer FULL =
                new Answer(
                        503,
                        Map.of("Content-Type", "text/plain", "Retry-After", "1"),
                        "The shelf is full.".getBytes(StandardCharsets.UTF_8));

        private final int room;
        private final List<String> taken = new CopyOnWriteArrayList<>();
        private final AtomicInteger heard = new AtomicInteger();
        private volatile CountDownLatch speaking = new CountDownLatch(0);

        Shelf(int room) {
            this.room = room;
        }

        Answer take(HttpEndpoint.Heard request) {
            if (taken.size() - heard.get() >= room) {
                return FULL;
            }
            taken.add(request.body());
            awaitWord();
            return TAKEN;
        }

        private void awaitWord() {
            try {
                speaking.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** From now on it takes messages and answers nothing. */
        void fallSilent() {
            speaking = new CountDownLatch(1);
        }

        void speakAgain() {
            speaking.countDown();
        }

        @Override
        public void send(List<String> payloads) {
            throw new UnsupportedOperationException("An endpoint sends nothing.");
        }

        @Override
        public List<String> heard() {
            List<String> all = List.copyOf(taken);
            heard.set(all.size());
            return all;
        }

        @Override
        public void close() {
            speakAgain();
        }
    }
}
