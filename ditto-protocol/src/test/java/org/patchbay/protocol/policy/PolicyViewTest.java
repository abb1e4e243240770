package org.patchbay.protocol.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

class PolicyViewTest {

    private static final PolicyView VIEW =
            PolicyView.of(
                    json(
                            """
                            {"entries": {
                              "owner": {"subjects": {"nginx:owner": {}}, "resources": {
                                "thing:/": {"grant": ["READ", "WRITE"], "revoke": []},
                                "policy:/": {"grant": ["READ", "WRITE"], "revoke": []}}},
                              "partial": {"subjects": {"nginx:alice": {}}, "resources": {
                                "thing:/attributes/public": {"grant": ["READ"], "revoke": []},
                                "thing:/features/f1": {"grant": ["READ", "WRITE"], "revoke": []},
                                "thing:/features/f1/properties/secret": {"grant": [], "revoke": ["READ", "WRITE"]},
                                "thing:/features/f1/properties/secret/shown": {"grant": ["READ"], "revoke": []}}},
                              "sealed": {"subjects": {"nginx:bob": {}, "nginx:group": {}}, "resources": {
                                "thing:/": {"grant": [], "revoke": ["WRITE"]}}},
                              "more": {"subjects": {"nginx:bob": {}}, "resources": {
                                "thing:/": {"grant": ["READ", "WRITE"], "revoke": []}}}}}\
                            """));

    @ParameterizedTest
    @CsvSource({
        "nginx:owner, thing, /, WRITE, true, true",
        "nginx:owner, thing, /attributes/any/where, WRITE, true, true",
        "nginx:owner, message, /, READ, false, false",
        "nginx:owner, thing, /, EXECUTE, false, false",
        "nginx:nobody, thing, /, READ, false, false",
        "nginx:alice, thing, /, READ, false, true",
        "nginx:alice, thing, /attributes/public, READ, true, true",
        "nginx:alice, thing, /attributes/public/below, READ, true, true",
        "nginx:alice, thing, /attributes/private, READ, false, false",
        "nginx:alice, thing, /features/f1, READ, false, true",
        "nginx:alice, thing, /features/f1/properties/on, WRITE, true, true",
        "nginx:alice, thing, /features/f1/properties/secret, WRITE, false, false",
        "nginx:alice, thing, /features/f1/properties/secret, READ, false, true",
        "nginx:alice, thing, /features/f1/properties/secret/shown, READ, true, true",
        "nginx:bob, thing, /, READ, true, true",
        "nginx:bob, thing, /, WRITE, false, false",
    })
    void answers_for_one_subject(
            String subject,
            String resource,
            String at,
            String permission,
            boolean all,
            boolean some) {
        AuthorizationContext who = AuthorizationContext.of(subject);
        JsonPointer pointer = JsonPointer.parse(at);

        assertThat(VIEW.allows(who, resource, pointer, permission)).isEqualTo(all);
        assertThat(VIEW.allowsSome(who, resource, pointer, permission)).isEqualTo(some);
    }

    @Test
    void a_revoke_of_one_subject_binds_all_subjects_of_the_asker() {
        AuthorizationContext who = AuthorizationContext.of("nginx:owner", "nginx:group");

        assertThat(VIEW.allows(who, "thing", JsonPointer.ROOT, "WRITE")).isFalse();
        assertThat(VIEW.allows(who, "thing", JsonPointer.ROOT, "READ")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | {'features': {'f1': {'properties': {'on': 1}}}} | true",
                "/ | {'features': {'f1': {'properties': {'secret': 1}}}} | false",
                "/ | {'features': {'f1': {'properties': {'on': 1}}}, 'attributes': {'x': 1}} | false",
                "/features/f1 | null | true",
                "/features | {'f1': null} | true",
                "/features | null | false",
            })
    void a_patch_needs_the_permission_where_it_has_leaves(
            String at, String patch, boolean allowed) {
        AuthorizationContext alice = AuthorizationContext.of("nginx:alice");

        assertThat(VIEW.allowsPatch(alice, "thing", JsonPointer.parse(at), json(patch), "WRITE"))
                .isEqualTo(allowed);
    }

    @Test
    void shows_only_what_may_be_read() {
        JsonNode thing =
                json(
                        """
                        {"policyId": "a:b", "attributes": {"public": {"x": 1}, "private": 2},
                         "features": {"f1": {"properties": {"on": true, "secret": {"shown": 1, "hidden": 2}}}, "f2": {}}}\
                        """);

        assertThat(
                        VIEW.readable(
                                AuthorizationContext.of("nginx:alice"),
                                "thing",
                                JsonPointer.ROOT,
                                thing))
                .isEqualTo(
                        json(
                                """
                                {"attributes": {"public": {"x": 1}},
                                 "features": {"f1": {"properties": {"on": true, "secret": {"shown": 1}}}}}\
                                """));
    }

    @Test
    void shows_nothing_to_a_stranger_and_the_same_value_to_the_owner() {
        JsonNode thing = json("{'attributes': {'a': {}}}");

        assertThat(
                        VIEW.readable(
                                AuthorizationContext.of("nginx:x"),
                                "thing",
                                JsonPointer.ROOT,
                                thing))
                .isNull();
        assertThat(
                        VIEW.readable(
                                AuthorizationContext.of("nginx:owner"),
                                "thing",
                                JsonPointer.ROOT,
                                thing))
                .isSameAs(thing);
    }

    @Test
    void keeps_an_object_of_which_all_fields_are_hidden_where_the_object_itself_may_be_read() {
        JsonNode properties = json("{'secret': 1}");

        assertThat(
                        VIEW.readable(
                                AuthorizationContext.of("nginx:alice"),
                                "thing",
                                JsonPointer.parse("/features/f1/properties"),
                                properties))
                .isEqualTo(json("{}"));
    }

    @Test
    void says_the_same_after_the_wire_and_leaves_other_resources_out() {
        PolicyView read = PolicyView.fromWire(VIEW.toWire("thing"));

        assertThat(read.toWire("thing")).isEqualTo(VIEW.toWire("thing"));
        AuthorizationContext alice = AuthorizationContext.of("nginx:alice");
        assertThat(read.allows(alice, "thing", JsonPointer.parse("/attributes/public"), "READ"))
                .isTrue();
        assertThat(
                        read.allows(
                                alice,
                                "thing",
                                JsonPointer.parse("/features/f1/properties/secret"),
                                "READ"))
                .isFalse();
        assertThat(
                        read.allows(
                                AuthorizationContext.of("nginx:owner"),
                                "policy",
                                JsonPointer.ROOT,
                                "READ"))
                .isFalse();
    }

    @Test
    void writes_rows_by_resource_and_path() {
        PolicyView view =
                PolicyView.of(
                        json(
                                """
                                {"entries": {"e": {"subjects": {"s": {}}, "resources": {
                                  "message:/inbox/messages/a~1b": {"grant": ["WRITE"], "revoke": ["READ"]}}}}}\
                                """));

        assertThat(view.toWire("message"))
                .isEqualTo(
                        json(
                                "{'message:/inbox/messages/a~1b': {'grant': {'WRITE': ['s']}, 'revoke': {'READ': ['s']}}}"));
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    @Test
    void whoever_asks_with_sudo_may_do_everything() {
        AuthorizationContext sudo = AuthorizationContext.SUDO;
        JsonNode value = Json.parse("{\"a\":1}");

        assertThat(PolicyView.NOTHING.allows(sudo, "thing", JsonPointer.ROOT, "WRITE")).isTrue();
        assertThat(PolicyView.NOTHING.allowsSome(sudo, "thing", JsonPointer.ROOT, "READ")).isTrue();
        assertThat(PolicyView.NOTHING.allowsPatch(sudo, "thing", JsonPointer.ROOT, value, "WRITE"))
                .isTrue();
        assertThat(PolicyView.NOTHING.readable(sudo, "thing", JsonPointer.ROOT, value))
                .isEqualTo(value);
    }
}
