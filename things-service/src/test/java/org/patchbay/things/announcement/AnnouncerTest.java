package org.patchbay.things.announcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

@NullMarked
class AnnouncerTest {

    private static final Duration SHORT = Duration.ofMillis(20);

    private static ActorTestKit kit;

    private final List<Publication> published = new CopyOnWriteArrayList<>();

    /** What the bus does with a publication before the announcer goes on. */
    private volatile Consumer<Publication> listener = _ -> {};

    private final ActorRef<Announcer.Message> announcer =
            kit.spawn(
                    Announcer.create(
                            "org.example:p",
                            new Recording(),
                            new AnnouncementSettings(
                                    true,
                                    Duration.ofMillis(1),
                                    Duration.ofMinutes(1),
                                    SHORT,
                                    SHORT,
                                    SHORT,
                                    0),
                            InstantSource.system()));

    /** A bus on which nobody listens but the test. */
    private final class Recording implements SignalBus {
        @Override
        public void publish(Publication publication) {
            published.add(publication);
            listener.accept(publication);
        }

        @Override
        public Set<String> wantedExtraFields(Signal signal) {
            return Set.of();
        }

        @Override
        public CompletionStage<Done> subscribe(
                Interest interest,
                ActorRef<Publication> subscriber,
                Predicate<Publication> admits) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }

        @Override
        public void unsubscribe(ActorRef<Publication> subscriber) {}
    }

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private static JsonNode policy(String... subjects) {
        String entries =
                java.util.stream.IntStream.range(0, subjects.length)
                        .mapToObj(i -> "\"E" + i + "\":{\"subjects\":{" + subjects[i] + "}}")
                        .collect(java.util.stream.Collectors.joining(","));
        return Json.parse("{\"entries\":{" + entries + "}}");
    }

    private static String subject(String id, String announcement) {
        return "\"" + id + "\":{\"type\":\"x\",\"announcement\":" + announcement + "}";
    }

    private static String expiring(String announcement) {
        return "\"nginx:a\":{\"type\":\"x\",\"expiry\":\"2099-01-01T00:00:00Z\",\"announcement\":"
                + announcement
                + "}";
    }

    @Test
    void a_subject_that_is_deleted_hears_of_it_and_nobody_else_does() {
        announcer.tell(
                new Announcer.Changed(
                        policy(subject("nginx:a", "{\"whenDeleted\":true}")),
                        policy("\"nginx:b\":{\"type\":\"x\"}")));

        await().untilAsserted(() -> assertThat(published).hasSize(1));
        Publication publication = published.getFirst();
        assertThat(publication.signal().topic())
                .hasToString("org.example/p/policies/announcements/subjectDeletion");
        assertThat(publication.signal().value().path("subjectIds")).hasToString("[\"nginx:a\"]");
        assertThat(publication.acknowledgements()).isNull();
        assertThat(mayRead(publication, "nginx:a")).isTrue();
        assertThat(mayRead(publication, "nginx:b")).isFalse();
    }

    private static boolean mayRead(Publication publication, String subject) {
        return publication
                .readers()
                .allows(AuthorizationContext.of(subject), "policy", JsonPointer.ROOT, "READ");
    }

    @Test
    void a_subject_that_stands_elsewhere_still_is_not_deleted() {
        String wanting = subject("nginx:a", "{\"whenDeleted\":true}");
        announcer.tell(new Announcer.Changed(policy(wanting, wanting), policy(wanting)));
        announcer.tell(
                new Announcer.Changed(
                        policy(subject("nginx:c", "{\"whenDeleted\":false}")), policy()));
        announcer.tell(new Announcer.Changed(policy(wanting), null));

        await().untilAsserted(() -> assertThat(published).hasSize(1));
        assertThat(published.getFirst().signal().value().toString()).contains("nginx:a");
    }

    @Test
    void an_announcement_is_repeated_until_it_is_acknowledged() {
        listener =
                publication -> {
                    if (published.size() == 3) {
                        publication
                                .acknowledgements()
                                .tell(
                                        Acknowledgement.of(
                                                publication.signal(),
                                                "c:seen",
                                                200,
                                                Headers.EMPTY,
                                                null));
                    }
                };

        announcer.tell(
                new Announcer.Changed(
                        policy(
                                subject(
                                        "nginx:a",
                                        "{\"whenDeleted\":true,\"requestedAcks\":{\"labels\":[\"c:seen\"],\"timeout\":\"10ms\"}}")),
                        policy()));

        await().during(SHORT.multipliedBy(5)).until(() -> published.size() == 3);
    }

    @Test
    void an_expiry_is_announced_in_advance() {
        Instant expiry = Instant.parse("2099-01-01T00:00:00Z");
        Duration before = Duration.between(Instant.now(), expiry).plusHours(1);
        announcer.tell(
                new Announcer.Found(
                        policy(expiring("{\"beforeExpiry\":\"" + before.toHours() + "h\"}"))));

        await().untilAsserted(() -> assertThat(published).hasSize(1));
        assertThat(published.getFirst().signal().value().path("deleteAt").asText())
                .isEqualTo(expiry.toString());
    }

    @Test
    void what_has_been_announced_is_not_announced_again_when_it_happens() {
        JsonNode policy = policy(expiring("{\"beforeExpiry\":\"999999h\",\"whenDeleted\":true}"));
        announcer.tell(new Announcer.Found(policy));
        await().untilAsserted(() -> assertThat(published).hasSize(1));

        announcer.tell(new Announcer.Changed(policy, policy()));
        announcer.tell(
                new Announcer.Changed(
                        policy(subject("nginx:z", "{\"whenDeleted\":true}")), policy()));

        await().untilAsserted(() -> assertThat(published).hasSize(2));
        assertThat(published.getLast().signal().value().toString()).contains("nginx:z");
    }
}
