package org.patchbay.things.thing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.things.Twins.by;
import static org.patchbay.things.Twins.policy;
import static org.patchbay.things.Twins.thing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.subscription.Subscription;
import org.patchbay.cluster.subscription.SubscriptionFilter;
import org.patchbay.cluster.subscription.SubscriptionFilter.Decision;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.SignalKind;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.things.Twins;

/** Extra fields from the twin to what a subscriber is shown, with real things and policies. */
class EnrichmentTest {

    private static final String THING = "org.acme:a";
    private static final String POLICY = "org.acme:pol";

    private final Twins twins = new Twins();

    @BeforeEach
    void givenThing() {
        send(
                policy(
                        POLICY,
                        "create",
                        "/",
                        """
                        {'entries': {
                          'owner': {'subjects': {'nginx:ditto': {'type': 'x'}}, 'resources': {
                            'thing:/': {'grant': ['READ', 'WRITE']}, 'policy:/': {'grant': ['READ', 'WRITE']},
                            'message:/': {'grant': ['READ', 'WRITE']}}},
                          'guest': {'subjects': {'nginx:guest': {'type': 'x'}}, 'resources': {
                            'thing:/': {'grant': ['READ']}, 'message:/': {'grant': ['READ']},
                            'thing:/attributes/secret': {'revoke': ['READ']}}},
                          'part': {'subjects': {'nginx:part': {'type': 'x'}}, 'resources': {
                            'thing:/attributes/x': {'grant': ['READ']}}}}}
                        """));
        send(
                thing(
                        THING,
                        "create",
                        "/",
                        """
                        {'policyId': 'org.acme:pol', 'definition': 'org.acme:boiler:1.0.0',
                         'attributes': {'x': 1, 'place': 'cellar', 'secret': 'key'},
                         'features': {'temp': {'properties': {'v': 20, 'unit': 'C'}},
                           'hum': {'properties': {'v': 50, 'unit': '%'}}}}
                        """));
    }

    @AfterEach
    void close() {
        twins.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // subject | extra fields | path | value | extra
                "ditto | attributes/secret,attributes/place | /attributes/x | 2 | {'attributes': {'secret': 'key', 'place': 'cellar'}}",
                "guest | attributes/secret,attributes/place | /attributes/x | 2 | {'attributes': {'place': 'cellar'}}",
                "guest | attributes/secret                  | /attributes/x | 2 | {'attributes': {}}",
                "guest | attributes                         | /attributes/x | 2 | {'attributes': {'x': 2, 'place': 'cellar'}}",
                "part  | attributes/place,attributes/x      | /attributes/x | 2 | {'attributes': {'x': 2}}",
                "part  | attributes/place,_policy           | /attributes/x | 2 | {}",
                "guest | definition,policyId                | /attributes/x | 2 | {'definition': 'org.acme:boiler:1.0.0', 'policyId': 'org.acme:pol'}",
                "guest | features/*/properties/unit         | /attributes/x | 2 | {'features': {'temp': {'properties': {'unit': 'C'}}, 'hum': {'properties': {'unit': '%'}}}}",
                "guest | features/{{feature:id}}/properties/unit | /features/temp/properties/v | 21 | {'features': {'temp': {'properties': {'unit': 'C'}}}}",
                "guest | features/{{feature:id}}/properties/unit | /attributes/x | 2 | -",
                "guest | attributes/missing                 | /attributes/x | 2 | {}",
                "guest | _revision                          | /attributes/x | 2 | {'_revision': 2}"
            })
    void a_subscriber_is_shown_what_it_wants_and_may_read_as_of_the_event(
            String subject, String extraFields, String path, String value, String expected) {
        // Given
        Subscriber subscriber = subscriber(subject, SignalKind.TWIN_EVENTS, extraFields);

        // When
        send(thing(THING, "modify", path, value));

        // Then
        JsonNode extra = subscriber.lastExtra();
        assertThat(extra).isEqualTo(expected.equals("-") ? null : json(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "LIVE_MESSAGES, live, messages/m, /inbox/messages/m",
        "LIVE_COMMANDS, live, commands/modify, /attributes/x",
        "LIVE_EVENTS, live, events/modified, /attributes/x"
    })
    void live_signals_are_enriched_from_the_twin_and_cut_all_the_same(
            SignalKind kind, String channel, String what, String path) {
        // Given
        Subscriber guest = subscriber("guest", kind, "attributes/secret,attributes/place");

        // When
        TopicPath topic = TopicPath.parse("org.acme/a/things/" + channel + "/" + what);
        Signal signal =
                new Signal(
                        topic,
                        JsonPointer.parse(path),
                        Headers.EMPTY.withCorrelationId("c-1"),
                        Json.parse("1"),
                        null,
                        null,
                        null,
                        7L,
                        null);
        twins.start(new SignalRequest(signal, AuthorizationContext.of("nginx:ditto"), null, null))
                .toCompletableFuture()
                .join();

        // Then
        assertThat(guest.lastExtra()).isEqualTo(json("{'attributes': {'place': 'cellar'}}"));
    }

    @Test
    void what_is_revoked_is_not_shown_with_the_next_event_and_what_is_granted_is() {
        Subscriber guest = subscriber("guest", SignalKind.TWIN_EVENTS, "attributes/place");
        for (int round = 0; round < 20; round++) {
            // When
            String permission = round % 2 == 0 ? "revoke" : "grant";
            send(
                    policy(
                            POLICY,
                            "modify",
                            "/entries/guest/resources/thing:/attributes/place",
                            "{'" + permission + "': ['READ']}"));
            send(thing(THING, "modify", "/attributes/x", Integer.toString(round)));

            // Then
            assertThat(guest.lastExtra())
                    .isEqualTo(
                            round % 2 == 0
                                    ? json("{'attributes': {}}")
                                    : json("{'attributes': {'place': 'cellar'}}"));
        }
    }

    @Test
    void a_policy_is_shown_as_it_is_now_and_to_those_who_may_read_it() {
        // Given
        Subscriber owner = subscriber("ditto", SignalKind.TWIN_EVENTS, "_policy");
        Subscriber guest = subscriber("guest", SignalKind.TWIN_EVENTS, "_policy");
        send(thing(THING, "modify", "/attributes/x", "2"));
        assertThat(policySubjects(owner.lastExtra(), "guest")).containsExactly("nginx:guest");
        assertThat(guest.lastExtra()).isEqualTo(json("{}"));

        // When
        send(
                policy(
                        POLICY,
                        "modify",
                        "/entries/guest/subjects",
                        "{'nginx:guest': {'type': 'x'}, 'nginx:new': {'type': 'x'}}"));
        send(policy(POLICY, "modify", "/entries/guest/resources/policy:/", "{'grant': ['READ']}"));
        send(thing(THING, "modify", "/attributes/x", "3"));

        // Then
        assertThat(policySubjects(owner.lastExtra(), "guest"))
                .containsExactly("nginx:guest", "nginx:new");
        assertThat(policySubjects(guest.lastExtra(), "guest"))
                .containsExactly("nginx:guest", "nginx:new");

        // When
        send(policy(POLICY, "delete", "/entries/guest/resources/policy:/", null));
        send(thing(THING, "modify", "/attributes/x", "4"));

        // Then
        assertThat(guest.lastExtra()).isEqualTo(json("{}"));
    }

    @Test
    void who_may_read_nothing_is_not_told_at_all() {
        // Given
        Subscriber stranger = subscriber("stranger", SignalKind.TWIN_EVENTS, "attributes");

        // When
        send(thing(THING, "modify", "/attributes/x", "2"));

        // Then
        assertThat(stranger.last()).isInstanceOf(Decision.Foreign.class);
    }

    @Test
    void the_values_belong_to_the_event_however_fast_the_next_one_comes() {
        // Given
        Subscriber owner = subscriber("ditto", SignalKind.TWIN_EVENTS, "attributes/x,_revision");

        // When
        List<CompletableFuture<Signal>> all =
                IntStream.range(0, 50)
                        .mapToObj(i ->
                                twins.start(
                                                thing(
                                                        THING,
                                                        "modify",
                                                        "/attributes/x",
                                                        Integer.toString(i)))
                                        .toCompletableFuture())
                        .toList();
        all.forEach(CompletableFuture::join);

        // Then
        assertThat(twins.published())
                .filteredOn(it -> it.signal().path().toString().equals("/attributes/x"))
                .hasSize(50)
                .allSatisfy(publication -> {
                    JsonNode extra = owner.extra(publication);
                    assertThat(extra.at("/attributes/x")).isEqualTo(publication.signal().value());
                    assertThat(extra.at("/_revision").longValue())
                            .isEqualTo(publication.signal().revision());
                });
    }

    /** A subscriber with its own view of what is published. */
    private final class Subscriber {
        private final SubscriptionFilter filter;

        Subscriber(SubscriptionFilter filter) {
            this.filter = filter;
        }

        Decision last() {
            return filter.decide(twins.published().getLast());
        }

        @Nullable JsonNode lastExtra() {
            assertThat(filter.lacksExtraFields(twins.published().getLast())).isFalse();
            return extra(twins.published().getLast());
        }

        @Nullable JsonNode extra(Publication publication) {
            JsonNode extra = ((Decision.Selected) filter.decide(publication)).signal().extra();
            // As it is sent: a number is a number then, whatever made it.
            return extra == null ? null : Json.parse(extra.toString());
        }
    }

    private Subscriber subscriber(String subject, SignalKind kind, String extraFields) {
        SubscriptionFilter filter =
                new SubscriptionFilter(
                        List.of(Subscription.of(kind, List.of(), null, extraFields)),
                        AuthorizationContext.of("nginx:" + subject));
        twins.want(filter.interest().extraFields().toArray(String[]::new));
        return new Subscriber(filter);
    }

    private void send(SignalRequest request) {
        Signal answer = twins.send(by("nginx:ditto", request));
        assertThat(answer.isError()).as("%s", answer.value()).isFalse();
    }

    private static List<String> policySubjects(@Nullable JsonNode extra, String entry) {
        List<String> subjects = new ArrayList<>();
        JsonNode all = extra == null ? json("{}") : extra;
        all.at("/_policy/entries/" + entry + "/subjects")
                .fieldNames()
                .forEachRemaining(subjects::add);
        return subjects;
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
