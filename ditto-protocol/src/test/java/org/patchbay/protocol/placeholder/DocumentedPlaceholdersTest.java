package org.patchbay.protocol.placeholder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;

/** What Ditto's page on placeholders says of each family and each function, row by row. */
class DocumentedPlaceholdersTest {

    private static final Surroundings HERE =
            new Surroundings(
                    "con-1",
                    "in/1",
                    "nginx:device",
                    InstantSource.fixed(Instant.parse("2024-01-06T14:23:42.123Z")));

    private static final Signal CREATE =
            command(
                    "org.eclipse.ditto/device-123/things/twin/commands/create",
                    "/",
                    "{\"attributes\": {\"location\": \"kitchen\"}}");
    private static final Signal MESSAGE =
            command(
                    "org.eclipse.ditto/device-123/things/live/messages/hello.world",
                    "/inbox/messages/hello.world",
                    "\"hi\"");
    private static final Signal FEATURE =
            command(
                    "org.eclipse.ditto/device-123/things/twin/events/modified",
                    "/features/temperature/properties/value",
                    "23.5");
    private static final Signal POLICY =
            command("org.eclipse.ditto/pol/policies/commands/modify", "/entries/a", "{}");
    private static final Signal CONNECTION =
            command("_/con-1/connections/announcements/opened", "/", "{}");

    private static Signal command(String topic, String path, String value) {
        return Signal.command(
                TopicPath.parse(topic),
                JsonPointer.parse(path),
                Headers.of(
                        Map.of(
                                "response-required", "true",
                                "empty", "",
                                "device", "A:b:C",
                                "scopes", "openid email",
                                "roles", "admin,super-moderator,moderator",
                                "object",
                                        "{\"reseller\":\"io.test\",\"service_provider\":\"acme\",\"roles\":[\"op\",\"dev\"]}")),
                Json.parse(value));
    }

    private static Resolution resolve(String template, Signal signal) {
        return Template.parse(template).resolve(SignalPlaceholders.outbound(signal, HERE));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "topic:full, org.eclipse.ditto/device-123/things/twin/commands/create, org.eclipse.ditto/device-123/things/live/messages/hello.world",
                "topic:namespace, org.eclipse.ditto, org.eclipse.ditto",
                "topic:entityName, device-123, device-123",
                "topic:group, things, things",
                "topic:channel, twin, live",
                "topic:criterion, commands, messages",
                "topic:action, create, none",
                "topic:subject, none, hello.world",
                "topic:action-subject, create, hello.world",
                "resource:type, thing, message",
                "resource:path, /, /inbox/messages/hello.world",
                "entity:id, org.eclipse.ditto:device-123, org.eclipse.ditto:device-123",
                "entity:namespace, org.eclipse.ditto, org.eclipse.ditto",
                "entity:name, device-123, device-123",
                "thing:id, org.eclipse.ditto:device-123, org.eclipse.ditto:device-123",
                "thing:namespace, org.eclipse.ditto, org.eclipse.ditto",
                "thing:name, device-123, device-123",
                "connection:id, con-1, con-1",
                "request:subjectId, nginx:device, nginx:device",
                "header:Response-Required, true, true",
            })
    void a_create_and_a_message_have_the_values_of_the_page(
            String placeholder, String ofCreate, String ofMessage) {
        String template = "{{ " + placeholder + " }}";

        assertThat(resolve(template, CREATE).text().orElse(null)).isEqualTo(ofCreate);
        assertThat(resolve(template, MESSAGE).text().orElse(null)).isEqualTo(ofMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "resource:type, policy",
        "topic:group, policies",
        "entity:id, org.eclipse.ditto:pol",
        "policy:id, org.eclipse.ditto:pol",
        "policy:namespace, org.eclipse.ditto",
        "policy:name, pol"
    })
    void a_policy_has_placeholders_of_its_own(String placeholder, String expected) {
        SignalPlaceholders placeholders =
                SignalPlaceholders.outbound(POLICY, HERE).in(Scope.MAPPING);

        assertThat(Template.parse("{{" + placeholder + "}}").resolve(placeholders).text())
                .contains(expected);
        assertThat(Template.parse("{{ thing:id }}").resolve(placeholders).text()).isEmpty();
    }

    @Test
    void a_connection_is_a_resource_too() {
        assertThat(resolve("{{ resource:type }} {{ topic:group }}", CONNECTION).text())
                .contains("connection connections");
    }

    @ParameterizedTest
    @CsvSource({
        "feature:id, temperature",
        "thing-json:features/temperature/properties/value, 23.5",
        "thing-json:/features/temperature/properties, {\"value\":23.5}"
    })
    void an_event_of_a_feature_names_it(String placeholder, String expected) {
        assertThat(resolve("{{ " + placeholder + " }}", FEATURE).text()).contains(expected);
    }

    /** Where a fraction of a second is nothing, Ditto writes none, whatever its page shows. */
    @ParameterizedTest
    @CsvSource({
        "time:now, 2024-01-06T14:23:42.123Z",
        "time:now+1h, 2024-01-06T15:23:42.123Z",
        "time:now-7d, 2023-12-30T14:23:42.123Z",
        "time:now[h], 2024-01-06T14:00:00Z",
        "time:now[d], 2024-01-06T00:00:00Z",
        "time:now-25m[m], 2024-01-06T13:58:00Z",
        "time:now+3d[s], 2024-01-09T14:23:42Z",
        "time:now+1500ms[ms], 2024-01-06T14:23:43.623Z",
        "time:now+1mo, 2024-02-06T14:23:42.123Z",
        "time:now-1y[y], 2023-01-01T00:00:00Z",
        "time:now+2w[w], 2024-01-15T00:00:00Z",
        "time:now+1mo[mo], 2024-02-01T00:00:00Z",
        "time:now_epoch_millis, 1704551022123",
        "time:now_epoch_millis+1h, 1704554622123",
        "time:now_epoch_millis[d], 1704499200000",
        "time:now_epoch_millis-25m[m], 1704549480000",
    })
    void time_is_moved_first_and_cut_off_then(String placeholder, String expected) {
        assertThat(resolve("{{ " + placeholder + " }}", CREATE).text()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time:now+1x",
                "time:now+",
                "time:now[]",
                "time:later",
                "time:now[d]+1h",
                "time:now +1h",
                "time:now+99999999999y",
                "time:now_epoch_millis-999999999999999mo",
                "time:now_epoch"
            })
    void no_other_time_exists(String placeholder) {
        assertThat(Template.parse("{{ " + placeholder + " }}").fault(Scope.TARGET)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            nullValues = "none",
            quoteCharacter = '`',
            value = {
                "thing:name | fn:substring-before('-') | fn:default('fallback') | fn:upper() ! DEVICE",
                "thing:name | fn:substring-before('#') | fn:default('fallback') | fn:upper() ! FALLBACK",
                "fn:default('input of the first is empty')          ! input of the first is empty",
                "fn:upper()                                         ! none",
                "header:nope | fn:default(\"fallback\")             ! fallback",
                "header:nope | fn:default(thing:id)                 ! org.eclipse.ditto:device-123",
                "header:empty | fn:default('fallback')              ! ``",
                "header:device | fn:substring-before(\":\")         ! A",
                "header:device | fn:substring-after(':')            ! b:C",
                "header:device | fn:lower()                         ! a:b:c",
                "header:device | fn:upper()                         ! A:B:C",
                "header:device | fn:url-encode()                    ! A%3Ab%3AC",
                "header:device | fn:url-encode() | fn:url-decode()  ! A:b:C",
                "header:device | fn:base64-encode()                 ! QTpiOkM=",
                "header:device | fn:base64-encode() | fn:base64-decode() ! A:b:C",
                "thing:name | fn:base64-decode()                    ! none",
                "header:device | fn:replace(':', '/')               ! A/b/C",
                "header:device | fn:delete() | fn:default('x')      ! none",
                "header:scopes | fn:split(' ') | fn:join(':')       ! openid:email",
                "header:roles | fn:split(',') | fn:filter('like','*moderator') | fn:join(',') ! super-moderator,moderator",
                "header:object | fn:format('{reseller}#{service_provider}#{roles}') | fn:join(' ') ! io.test#acme#op io.test#acme#dev",
                "header:device | fn:filter(header:response-required,'eq','true')       ! A:b:C",
                "header:device | fn:filter(header:response-required,'eq','false')      ! none",
                "header:device | fn:filter(header:response-required,'exists')          ! A:b:C",
                "header:device | fn:filter(header:response-required,'exists','false')  ! none",
                "header:device | fn:filter(header:nope,'exists','false')               ! A:b:C",
                "header:device | fn:filter('exists')                                   ! A:b:C",
                "header:device | fn:filter('exists','true')                            ! A:b:C",
                "header:device | fn:filter('exists','false')                           ! none",
                "header:nope | fn:filter('exists')                                     ! none",
                "header:device | fn:filter('eq','A:b:C')                               ! A:b:C",
                "header:device | fn:filter('ne','A:b:C')                               ! none",
                "header:device | fn:filter(thing:name,'ne','x')                        ! A:b:C",
                "header:device | fn:filter('like','allowlist1|A:?:C|include')          ! A:b:C",
                "header:device | fn:filter(thing:name,'like','dev*3')                  ! A:b:C",
                "header:device | fn:filter(thing:name,'like','dev')                    ! none",
            })
    void functions_do_what_the_page_says(String expression, String expected) {
        assertThat(resolve("{{ " + expression.strip() + " }}", CREATE).text().orElse(null))
                .isEqualTo(expected);
    }

    @Test
    void an_array_gives_a_value_for_each_of_its_elements() {
        assertThat(resolve("{{ header:scopes | fn:split(' ') }}", CREATE).values())
                .containsExactly("openid", "email");
        assertThat(
                        resolve(
                                        "{{ header:roles | fn:split(',') | fn:filter('like','*moderator') }}@{{ thing:name }}",
                                        CREATE)
                                .values())
                .containsExactly("super-moderator@device-123", "moderator@device-123");
    }
}
