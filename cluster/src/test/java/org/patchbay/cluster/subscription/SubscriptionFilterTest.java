package org.patchbay.cluster.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.subscription.SubscriptionFilter.Decision;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.SignalKind;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

class SubscriptionFilterTest {

    private static final PolicyView POLICY =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {
                              "all": {"subjects": {"s:all": {"type": "x"}}, "resources": {
                                "thing:/": {"grant": ["READ"], "revoke": []},
                                "message:/inbox": {"grant": ["READ"], "revoke": []}}},
                              "part": {"subjects": {"s:part": {"type": "x"}}, "resources": {
                                "thing:/attributes/pub": {"grant": ["READ"], "revoke": []}}},
                              "not": {"subjects": {"s:not": {"type": "x"}}, "resources": {
                                "thing:/": {"grant": ["READ"], "revoke": []},
                                "thing:/attributes/priv": {"grant": [], "revoke": ["READ"]}}}}}
                            """));

    private static final JsonNode EXTRA =
            Json.parse("{\"attributes\": {\"name\": \"Kettle\", \"priv\": 1}}");

    @Test
    void selects_what_is_subscribed_to_and_may_be_read() {
        // Given
        SubscriptionFilter filter = filter("s:all", events(List.of(), null, null));

        // Then
        assertThat(filter.decide(change("/attributes/x", "1")))
                .isInstanceOf(Decision.Selected.class);
        assertThat(filter.decide(message("/inbox/messages/m")))
                .isInstanceOf(Decision.Foreign.class);
    }

    @Test
    void a_namespace_that_was_not_asked_for_is_foreign() {
        assertThat(
                        filter("s:all", events(List.of("org.other"), null, null))
                                .decide(change("/attributes/x", "1")))
                .isInstanceOf(Decision.Foreign.class);
        assertThat(
                        filter("s:all", events(List.of("org.other", "org.x"), null, null))
                                .decide(change("/attributes/x", "1")))
                .isInstanceOf(Decision.Selected.class);
    }

    @Test
    void what_may_not_be_read_as_a_whole_is_foreign() {
        // Given
        SubscriptionFilter part = filter("s:part", events(List.of(), null, null));
        SubscriptionFilter not = filter("s:not", events(List.of(), null, null));

        // Then
        assertThat(part.decide(change("/attributes/pub", "1")))
                .isInstanceOf(Decision.Selected.class);
        assertThat(part.decide(change("/attributes", "{\"pub\": 1}")))
                .isInstanceOf(Decision.Foreign.class);
        assertThat(not.decide(change("/attributes/x", "1"))).isInstanceOf(Decision.Selected.class);
        assertThat(not.decide(change("/attributes/priv", "1")))
                .isInstanceOf(Decision.Foreign.class);
    }

    @Test
    void messages_need_a_permission_of_their_own() {
        // Given
        Subscription messages = Subscription.of(SignalKind.LIVE_MESSAGES, List.of(), null, null);

        // Then
        assertThat(filter("s:all", messages).decide(message("/inbox/messages/m")))
                .isInstanceOf(Decision.Selected.class);
        assertThat(filter("s:all", messages).decide(message("/outbox/messages/m")))
                .isInstanceOf(Decision.Foreign.class);
    }

    @Test
    void extra_fields_are_cut_to_what_was_asked_for_and_may_be_read() {
        assertThat(extra("s:all", "attributes/name"))
                .isEqualTo(Json.parse("{\"attributes\":{\"name\":\"Kettle\"}}"));
        assertThat(extra("s:not", "attributes"))
                .isEqualTo(Json.parse("{\"attributes\":{\"name\":\"Kettle\"}}"));
        assertThat(extra("s:all", "attributes/missing")).isEqualTo(Json.parse("{}"));
    }

    @Test
    void extra_fields_by_placeholder_are_there_where_it_has_a_value() {
        // Given
        SubscriptionFilter filter =
                filter("s:all", events(List.of(), null, "features/{{ feature:id }}/definition"));

        // Then
        assertThat(filter.interest().extraFields()).containsExactly("features/*/definition");
        assertThat(selected(filter.decide(change("/attributes/x", "1"))).extra()).isNull();
        assertThat(selected(filter.decide(change("/features/f/properties/x", "1"))).extra())
                .isEqualTo(Json.parse("{}"));
    }

    @Test
    void a_device_selects_no_other_fields_by_how_it_calls_a_feature() {
        // Given
        SubscriptionFilter filter =
                filter("s:all", events(List.of(), null, "features/{{ feature:id }}/definition"));

        // Then
        assertThat(
                        selected(
                                        filter.decide(
                                                change(
                                                        "/features/f,attributes,x/properties/x",
                                                        "1")))
                                .extra())
                .isEqualTo(Json.parse("{}"));
        assertThat(selected(filter.decide(change("/features/f(/properties/x", "1"))).extra())
                .isEqualTo(Json.parse("{}"));
    }

    @Test
    void a_filter_sees_what_changed_and_the_extra_fields() {
        // Given
        SubscriptionFilter filter =
                filter(
                        "s:all",
                        events(
                                List.of(),
                                "and(gt(attributes/x,3),eq(attributes/name,\"Kettle\"))",
                                "attributes/name"));

        // Then
        assertThat(filter.decide(change("/attributes/x", "4")))
                .isInstanceOf(Decision.Selected.class);
        assertThat(filter.decide(change("/attributes/x", "3")))
                .isInstanceOf(Decision.Filtered.class);
    }

    @Test
    void a_filter_sees_topic_and_path() {
        // Given
        String rql = "and(eq(topic:action,\"modified\"),eq(resource:path,\"/attributes/x\"))";
        SubscriptionFilter filter = filter("s:all", events(List.of(), rql, null));

        // Then
        assertThat(filter.decide(change("/attributes/x", "1")))
                .isInstanceOf(Decision.Selected.class);
        assertThat(filter.decide(change("/attributes/y", "1")))
                .isInstanceOf(Decision.Filtered.class);
    }

    @Test
    void one_topic_that_passes_is_enough_and_a_signal_is_selected_once() {
        // Given
        SubscriptionFilter filter =
                filter(
                        "s:all",
                        events(List.of(), "eq(topic:action,\"created\")", null),
                        events(List.of(), null, "attributes/name"));

        // Then
        assertThat(selected(filter.decide(change("/attributes/x", "1"))).extra()).isNotNull();
    }

    @Test
    void tells_the_bus_what_it_wants() {
        // Given
        SubscriptionFilter filter =
                filter(
                        "s:all",
                        events(List.of("org.x"), null, "attributes/a"),
                        events(List.of("org.y"), null, null));

        // Then
        assertThat(filter.interest())
                .isEqualTo(
                        new Interest(
                                java.util.Set.of(SignalKind.TWIN_EVENTS),
                                java.util.Set.of("s:all"),
                                java.util.Set.of("org.x", "org.y"),
                                java.util.Set.of("attributes/a")));
    }

    private static @Nullable JsonNode extra(String subject, String extraFields) {
        SubscriptionFilter filter = filter(subject, events(List.of(), null, extraFields));
        return selected(filter.decide(change("/attributes/x", "1"))).extra();
    }

    private static Signal selected(Decision decision) {
        return ((Decision.Selected) decision).signal();
    }

    private static SubscriptionFilter filter(String subject, Subscription... subscriptions) {
        return new SubscriptionFilter(List.of(subscriptions), AuthorizationContext.of(subject));
    }

    private static Subscription events(
            List<String> namespaces, @Nullable String filter, @Nullable String extraFields) {
        return Subscription.of(SignalKind.TWIN_EVENTS, namespaces, filter, extraFields);
    }

    private static Publication change(String path, String value) {
        return publication(
                Signal.event(
                        TopicPath.parse("org.x/t/things/twin/events/modified"),
                        JsonPointer.parse(path),
                        Headers.EMPTY,
                        Json.parse(value),
                        3,
                        Instant.EPOCH));
    }

    private static Publication message(String path) {
        return publication(
                Signal.command(
                        TopicPath.parse("org.x/t/things/live/messages/m"),
                        JsonPointer.parse(path),
                        Headers.EMPTY,
                        null));
    }

    private static Publication publication(Signal signal) {
        return new Publication(signal, POLICY, EXTRA, null, null);
    }
}
