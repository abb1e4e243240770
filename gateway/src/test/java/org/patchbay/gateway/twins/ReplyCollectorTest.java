package org.patchbay.gateway.twins;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;

class ReplyCollectorTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Signal MODIFY =
            Signal.command(
                    TopicPath.parse("org.acme/t/things/twin/commands/modify"),
                    JsonPointer.of("attributes", "a"),
                    Headers.EMPTY,
                    null);
    private static final Signal MODIFIED = MODIFY.respond(204, Headers.EMPTY, null);

    private static ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void ends_when_everything_expected_has_come() throws Exception {
        CompletableFuture<Map<String, Signal>> collected = new CompletableFuture<>();
        ActorRef<Signal> collector = collector(LONG, collected, "twin-persisted", "my-ack");

        collector.tell(ack("my-ack"));
        collector.tell(MODIFIED);

        assertThat(collected.get(60, TimeUnit.SECONDS))
                .containsOnlyKeys("twin-persisted", "my-ack");
    }

    @Test
    void ends_with_what_has_come_when_the_time_is_up() throws Exception {
        CompletableFuture<Map<String, Signal>> collected = new CompletableFuture<>();
        Set<String> expected = Set.of("twin-persisted", "my-ack");

        kit.spawn(
                Behaviors.<Signal>setup(context -> {
                    // Before the time can be up.
                    context.getSelf().tell(MODIFIED);
                    return ReplyCollector.create(expected, Duration.ofMillis(50), collected);
                }));

        assertThat(collected.get(60, TimeUnit.SECONDS)).containsOnlyKeys("twin-persisted");
    }

    @Test
    void ends_at_once_when_the_twin_refuses() throws Exception {
        CompletableFuture<Map<String, Signal>> collected = new CompletableFuture<>();
        ActorRef<Signal> collector = collector(LONG, collected, "twin-persisted", "my-ack");

        collector.tell(MODIFY.fail(Problem.of(404, "a.code", "Not there."), Headers.EMPTY));

        assertThat(collected.get(60, TimeUnit.SECONDS)).containsOnlyKeys("twin-persisted");
    }

    @Test
    void the_first_answer_of_a_label_counts_and_others_do_not_belong() throws Exception {
        CompletableFuture<Map<String, Signal>> collected = new CompletableFuture<>();
        ActorRef<Signal> collector = collector(LONG, collected, "my-ack", "other-ack");

        collector.tell(ack("my-ack"));
        collector.tell(ack("my-ack").respond(500, Headers.EMPTY, null));
        collector.tell(ack("unasked"));
        collector.tell(ack("other-ack"));

        Map<String, Signal> replies = collected.get(60, TimeUnit.SECONDS);
        assertThat(replies).containsOnlyKeys("my-ack", "other-ack");
        assertThat(replies.get("my-ack").status()).isEqualTo(200);
    }

    @Test
    void whatever_answers_a_live_signal_is_its_response() {
        Signal message =
                Signal.command(
                        TopicPath.parse("org.acme/t/things/live/messages/hello"),
                        JsonPointer.of("inbox", "messages", "hello"),
                        Headers.EMPTY,
                        null);

        assertThat(ReplyCollector.labelOf(message)).isNull();
        assertThat(ReplyCollector.labelOf(message.respond(299, Headers.EMPTY, null)))
                .isEqualTo("live-response");
    }

    private static ActorRef<Signal> collector(
            Duration timeout,
            CompletableFuture<Map<String, Signal>> collected,
            String... expected) {
        return kit.spawn(ReplyCollector.create(Set.of(expected), timeout, collected));
    }

    private static Signal ack(String label) {
        return Signal.command(
                        MODIFY.topic().with(Criterion.ACKS, label),
                        JsonPointer.ROOT,
                        Headers.EMPTY,
                        null)
                .respond(200, Headers.EMPTY, null);
    }
}
