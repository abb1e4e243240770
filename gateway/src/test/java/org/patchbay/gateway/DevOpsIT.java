package org.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.gateway.GatewayFixture.Answer;
import org.patchbay.protocol.json.Json;
import org.slf4j.LoggerFactory;

/** What operators ask of nodes, over HTTP and in envelopes. */
class DevOpsIT {

    private static final String LEVEL =
            "{\"logger\": \"org.patchbay.gateway.Sample\", \"level\": \"%s\"}";
    private static final String AUTHENTICATION = "gateway:authentication.failed";
    private static final String CONNECTION =
            """
            {"name": "one", "connectionType": "mqtt", "connectionStatus": "closed",
             "uri": "tcp://broker.example:1883",
             "sources": [{"addresses": ["in"], "authorizationContext": ["nginx:ditto"], "qos": 0}]}
            """;
    private static final String MEDIATOR = "/system/distributedPubSubMediator";

    private static GatewayFixture gateway;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        gateway = GatewayFixture.start(data);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void levels_of_all_services_are_told() throws Exception {
        JsonNode json = gateway.devops("GET", "/devops/logging", "").has(200).json();

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("gateway", "connectivity", "things", "policies");
        assertThat(json.get("policies").iterator().next().get("serviceName").textValue())
                .isEqualTo("policies");
    }

    @Test
    void the_fewer_are_asked_the_fewer_names_stand_around_the_answer() throws Exception {
        JsonNode service = gateway.devops("GET", "/devops/logging/things", "").has(200).json();
        String instance = service.fieldNames().next();
        JsonNode one =
                gateway.devops("GET", "/devops/logging/things/" + instance, "").has(200).json();

        assertThat(service.size()).isEqualTo(1);
        assertThat(one.get("type").textValue()).isEqualTo("devops.responses:retrieveLoggerConfig");
        assertThat(one.get("status").intValue()).isEqualTo(200);
        assertThat(one.get("serviceName").textValue()).isEqualTo("things");
        assertThat(one.get("instance").textValue()).isEqualTo(instance);
        assertThat(one.get("loggerConfigs"))
                .map(each -> each.get("logger").textValue())
                .contains("ROOT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/devops/logging", "/devops/logging/gateway"})
    void a_level_is_changed(String path) throws Exception {
        JsonNode changed = gateway.devops("PUT", path, LEVEL.formatted("TRACE")).has(200).json();
        boolean traced = LoggerFactory.getLogger("org.patchbay.gateway.Sample").isTraceEnabled();
        gateway.devops("PUT", path, LEVEL.formatted("warn")).has(200);

        assertThat(traced).isTrue();
        assertThat(LoggerFactory.getLogger("org.patchbay.gateway.Sample").isInfoEnabled())
                .isFalse();
        assertThat(changed.findPath("type").textValue())
                .isEqualTo("devops.responses:changeLogLevel");
        assertThat(changed.findPath("successful").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                              | json.format.invalid",
                "{}                                              | json.field.missing",
                "{\"logger\": \"a\"}                             | json.field.missing",
                "{\"logger\": null, \"level\": \"info\"}         | json.field.missing",
                "{\"logger\": 7, \"level\": \"info\"}            | json.format.invalid",
                "{\"logger\": \" \", \"level\": \"info\"}        | json.format.invalid",
                "{\"logger\": \"a\", \"level\": \"loud\"}        | json.format.invalid",
                "{\"logger\": \"a\", \"level\": {}}              | json.format.invalid",
                "{                                               | json.invalid",
            })
    void a_wrong_level_is_refused(String body, String code) throws Exception {
        gateway.devops("PUT", "/devops/logging", body).hasError(400, code);
    }

    @Test
    void configuration_is_told_without_secrets() throws Exception {
        JsonNode password =
                gateway.devops(
                                "GET",
                                "/devops/config/gateway?path=ditto.gateway.authentication.devops.password",
                                "")
                        .has(200)
                        .json();
        String whole = gateway.devops("GET", "/devops/config", "").has(200).http().body();

        assertThat(password.findPath("type").textValue())
                .isEqualTo("common.responses:retrieveConfig");
        assertThat(password.findPath("config").textValue()).isEqualTo("***");
        assertThat(whole).contains("number-of-shards").doesNotContain("foobar");
    }

    @ParameterizedTest
    @CsvSource({
        "/devops/logging/nothing, 404, gateway:resource.notfound",
        "/devops/config/nothing/1, 404, gateway:resource.notfound",
        "/devops/logging/things/nobody, 503, ask.error",
        "/devops/config/things/nobody, 503, ask.error",
        "/devops/config?path=a..b, 400, json.pointer.invalid",
        "/devops/config?path=.., 400, json.pointer.invalid",
        "/devops/logging?includeDisabledLoggers=perhaps, 400, header.invalid",
        "/devops/logging?timeout=soon, 400, timeout.invalid",
    })
    void what_is_not_there_is_said(String path, int status, String code) throws Exception {
        gateway.devops("GET", path, "").hasError(status, code);
    }

    @Test
    void a_path_that_leads_nowhere_is_an_answer_of_the_node() throws Exception {
        JsonNode json =
                gateway.devops("GET", "/devops/config/things?path=no.such", "").has(200).json();

        assertThat(json.findPath("type").textValue()).isEqualTo("devops.responses:errorResponse");
        assertThat(json.findPath("payload").get("error").textValue())
                .isEqualTo("json.field.missing");
    }

    @Test
    void only_operators_may_ask() throws Exception {
        gateway.send("", "GET", "/devops/logging", "").hasError(401, AUTHENTICATION);
        gateway.ditto("GET", "/devops/config?path=ditto", "").hasError(401, AUTHENTICATION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"devops.commands:retrieveLoggerConfig\"} | devops.responses:retrieveLoggerConfig",
                "{\"type\": \"devops.commands:retrieveLoggerConfig\", \"specificLoggers\": [\"ROOT\"]} | devops.responses:retrieveLoggerConfig",
                "{\"type\": \"devops.commands:changeLogLevel\", \"loggerConfig\": {\"logger\": \"a\", \"level\": \"info\"}} | devops.responses:changeLogLevel",
                "{\"type\": \"common.commands:retrieveConfig\", \"path\": \"ditto.info\"} | common.responses:retrieveConfig",
                "{\"type\": \"status.commands:retrieveHealth\"} | status.responses:retrieveHealth",
            })
    void nodes_are_asked_in_envelopes(String command, String answer) throws Exception {
        JsonNode all = piggyback("", MEDIATOR, "{}", command);
        JsonNode ofService = piggyback("/things", MEDIATOR, "{}", command);
        JsonNode ofRoot = piggyback("", "/user/thingsRoot", "{}", command);
        JsonNode bare =
                piggyback(
                        "/things",
                        "/user/thingsRoot",
                        "{\"aggregate\": false, \"is-group-topic\": true}",
                        command);

        assertThat(all.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("gateway", "connectivity", "things", "policies");
        assertThat(ofService.fieldNames()).toIterable().containsExactly("things");
        assertThat(ofRoot.fieldNames()).toIterable().containsExactly("things");
        assertThat(ofRoot.get("things").iterator().next().get("type").textValue())
                .isEqualTo(answer);
        assertThat(bare.get("type").textValue()).isEqualTo(answer);
    }

    @Test
    void an_envelope_may_hold_another_one() throws Exception {
        JsonNode json =
                piggyback(
                        "",
                        MEDIATOR,
                        "{\"aggregate\": false}",
                        """
                        {"type": "devops.commands:executePiggybackCommand", "serviceName": "things",
                         "targetActorSelection": "/user/thingsRoot",
                         "piggybackCommand": {"type": "devops.commands:retrieveLoggerConfig"}}
                        """);

        assertThat(json.get("serviceName").textValue()).isEqualTo("things");
    }

    @Test
    void an_instance_that_is_not_there_is_told_with_those_that_are() throws Exception {
        String instance =
                gateway.devops("GET", "/devops/logging/connectivity", "")
                        .json()
                        .fieldNames()
                        .next();
        String command = "{\"type\": \"connectivity.commands:retrieveAllConnectionIds\"}";
        String index = "/user/connectivityRoot/connectionIdsRetrieval";

        JsonNode unknown = piggyback("/connectivity/nobody", index, "{}", command);
        JsonNode known = piggyback("/connectivity/" + instance, index, "{}", command);
        JsonNode first = piggyback("/connectivity/1", index, "{}", command);

        JsonNode error = unknown.get("connectivity").get("nobody");
        assertThat(error.at("/payload/error").textValue()).isEqualTo("ask.error");
        assertThat(error.at("/payload/description").textValue()).contains(instance);
        assertThat(known.get("connectivity").get(instance).get("status").intValue()).isEqualTo(200);
    }

    @Test
    void several_connections_are_retrieved_at_once() throws Exception {
        for (String id : new String[] {"several-1", "several-2"}) {
            gateway.devops("PUT", "/api/2/connections/" + id, CONNECTION).has(201);
        }
        String bare = "{\"aggregate\": false}";
        String index = "/user/connectivityRoot/connectionIdsRetrieval";

        JsonNode named =
                piggyback(
                        "/connectivity",
                        index,
                        bare,
                        "{\"type\": \"connectivity.commands:retrieveConnections\","
                                + " \"connectionIds\": [\"several-2\", \"no-such\", \"several-1\"]}");
        JsonNode all =
                piggyback(
                        "/connectivity",
                        "/system/sharding/connection",
                        bare,
                        "{\"type\": \"connectivity.commands:retrieveConnections\", \"idsOnly\": true}");

        assertThat(named.get("type").textValue())
                .isEqualTo("connectivity.responses:retrieveConnections");
        assertThat(named.get("connections"))
                .map(each -> each.get("id").textValue())
                .containsExactly("several-2", "several-1");
        assertThat(named.at("/connections/0/uri").textValue()).startsWith("tcp://");
        assertThat(all.get("connections"))
                .map(JsonNode::toString)
                .contains("{\"id\":\"several-1\"}", "{\"id\":\"several-2\"}");
    }

    @Test
    void a_namespace_is_blocked_purged_and_unblocked() throws Exception {
        String bare = "{\"aggregate\": false}";

        JsonNode blocked = piggyback("", MEDIATOR, bare, namespace("blockNamespace", "org.gone"));
        Answer refused = gateway.ditto("GET", "/api/2/things/org.gone:a", "");
        Answer policy = gateway.ditto("PUT", "/api/2/policies/org.gone:a", "{}");
        Answer other = gateway.ditto("GET", "/api/2/things/org.here:a", "");
        JsonNode stopped =
                piggyback(
                        "",
                        MEDIATOR,
                        bare,
                        "{\"type\": \"common.commands:shutdown\","
                                + " \"reason\": {\"type\": \"purge-namespace\", \"details\": \"org.gone\"}}");
        JsonNode purged =
                piggyback(
                        "",
                        MEDIATOR,
                        "{\"aggregate\": true, \"is-group-topic\": true}",
                        namespace("purgeNamespace", "org.gone"));
        JsonNode unblocked =
                piggyback("", MEDIATOR, bare, namespace("unblockNamespace", "org.gone"));
        Answer reached = gateway.ditto("GET", "/api/2/things/org.gone:a", "");

        assertThat(blocked)
                .hasToString(
                        "{\"type\":\"namespaces.responses:blockNamespace\",\"status\":200,"
                                + "\"namespace\":\"org.gone\",\"resourceType\":\"namespaces\"}");
        refused.hasError(409, "namespace.blocked");
        policy.hasError(409, "namespace.blocked");
        other.has(200);
        assertThat(stopped.get("type").textValue()).isEqualTo("common.responses:shutdown");
        assertThat(purged)
                .hasToString(
                        "{\"?\":{\"?\":%s,\"?1\":%s}}"
                                .formatted(purgedOf("thing"), purgedOf("policy")));
        assertThat(unblocked.get("type").textValue())
                .isEqualTo("namespaces.responses:unblockNamespace");
        reached.has(200);
    }

    @Test
    void the_documented_shutdown_has_no_headers_and_no_answer() throws Exception {
        gateway.devops(
                        "PUT",
                        "/devops/piggyback?timeout=0",
                        """
                        {"targetActorSelection": "/system/distributedPubSubMediator",
                         "piggybackCommand": {"type": "common.commands:shutdown",
                           "reason": {"type": "purge-namespace", "details": "org.gone"}}}
                        """)
                .hasError(408, "command.timeout");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"namespaces.commands:blockNamespace\"} | json.field.missing",
                "{\"type\": \"namespaces.commands:blockNamespace\", \"namespace\": \"\"} | json.format.invalid",
                "{\"type\": \"namespaces.commands:purgeNamespace\", \"namespace\": \"a:b\"} | json.format.invalid",
                "{\"type\": \"namespaces.commands:purgeNamespace\", \"namespace\": \"%\"} | json.format.invalid",
                "{\"type\": \"common.commands:shutdown\"} | json.field.missing",
                "{\"type\": \"common.commands:shutdown\", \"reason\": {\"type\": \"other\", \"details\": \"a\"}} | json.format.invalid",
            })
    void a_namespace_must_be_one(String command, String code) throws Exception {
        JsonNode error = piggyback("", MEDIATOR, "{\"aggregate\": false}", command);

        assertThat(error.at("/payload/error").textValue()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/system/sharding/thing | {\"type\": \"things.commands:createThing\", \"thing\": {\"thingId\": \"a:b\"}} | things.responses:createThing | 201",
                "/system/sharding/thing | {\"type\": \"things.commands:modifyThing\", \"thingId\": \"a:b\", \"thing\": {}} | things.responses:modifyThing | 204",
                "/system/sharding/thing | {\"type\": \"things.commands:retrieveThing\", \"thingId\": \"a:b\"} | things.responses:retrieveThing | 200",
                "/system/sharding/thing | {\"type\": \"things.sudo.commands:sudoRetrieveThing\", \"thingId\": \"a:b\"} | things.sudo.responses:sudoRetrieveThing | 200",
                "/system/sharding/thing | {\"type\": \"things.commands:deleteThing\", \"thingId\": \"a:b\"} | things.responses:deleteThing | 204",
                "/system/sharding/thing | {\"type\": \"things.commands:mergeThing\", \"thingId\": \"a:b\", \"path\": \"/attributes\", \"value\": {\"x\": 1}} | things.responses:mergeThing | 204",
                "/system/sharding/policy | {\"type\": \"policies.commands:createPolicy\", \"policy\": {\"policyId\": \"a:b\"}} | policies.responses:createPolicy | 201",
                "/system/sharding/policy | {\"type\": \"policies.commands:retrievePolicy\", \"policyId\": \"a:b\"} | policies.responses:retrievePolicy | 200",
                "/system/sharding/policy | {\"type\": \"policies.sudo.commands:sudoRetrievePolicy\", \"policyId\": \"a:b\"} | policies.sudo.responses:sudoRetrievePolicy | 200",
            })
    void things_and_policies_take_commands(String target, String command, String type, int status)
            throws Exception {
        JsonNode answer =
                piggyback("", target, "{\"aggregate\": false, \"ditto-sudo\": true}", command);

        assertThat(answer.get("type").textValue()).isEqualTo(type);
        assertThat(answer.get("status").intValue()).isEqualTo(status);
        assertThat(answer.path("thingId").asText() + answer.path("policyId").asText())
                .isEqualTo("a:b");
    }

    @Test
    void the_error_of_a_thing_comes_bare() throws Exception {
        JsonNode answer =
                piggyback(
                        "/things",
                        "/system/sharding/thing",
                        "{\"aggregate\": false}",
                        "{\"type\": \"things.commands:retrieveThing\", \"thingId\": \"a:missing\"}");

        assertThat(answer.get("error").textValue()).isEqualTo("things:thing.notfound");
    }

    @Test
    void who_does_not_answer_in_time_is_told() throws Exception {
        String command = "{\"type\": \"things.commands:retrieveThing\", \"thingId\": \"a:silent\"}";

        JsonNode answer =
                piggyback(
                        "/things",
                        "/system/sharding/thing",
                        "{\"aggregate\": false, \"timeout\": \"300ms\"}",
                        command);

        assertThat(answer.get("type").textValue()).isEqualTo("devops.responses:errorResponse");
        assertThat(answer.at("/payload/error").textValue()).isEqualTo("command.timeout");
        assertThat(answer.at("/payload/message").textValue()).contains("300 ms");
    }

    @Test
    void the_correlation_id_of_the_envelope_comes_back() throws Exception {
        Answer answer =
                send(
                        "",
                        MEDIATOR,
                        "{\"correlation-id\": \"from-inside\"}",
                        "{\"type\": \"status.commands:retrieveHealth\"}");

        assertThat(answer.header("correlation-id")).isEqualTo("from-inside");
    }

    @Test
    void without_time_no_answer_is_awaited() throws Exception {
        send("?timeout=0", MEDIATOR, "{}", "{\"type\": \"status.commands:retrieveHealth\"}")
                .hasError(408, "command.timeout");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"aggregate\": \"perhaps\"}      | header.invalid",
                "{\"aggregate\": {}}               | header.invalid",
                "{\"aggregate\": 1}                | header.invalid",
                "{\"is-group-topic\": []}          | header.invalid",
                "{\"ditto-sudo\": \"yes\"}         | header.invalid",
                "{\"timeout\": \"soon\"}           | timeout.invalid",
                "{\"timeout\": -1}                 | timeout.invalid",
                "{\"timeout\": {}}                 | header.invalid",
                "{\"correlation-id\": [1]}         | header.invalid",
                "[]                                | json.format.invalid",
                "null                              | json.format.invalid",
                "7                                 | json.format.invalid",
            })
    void wrong_headers_are_refused(String headers, String code) throws Exception {
        send("", MEDIATOR, headers, "{\"type\": \"status.commands:retrieveHealth\"}")
                .hasError(400, code);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatever_is_wrong_with_a_command_it_is_the_senders_fault(String target, String command)
            throws Exception {
        for (String damaged : damaged((ObjectNode) Json.parse(command))) {
            Answer answer = send("?timeout=1", target, "{\"aggregate\": false}", damaged);

            assertThat(answer.status()).as(damaged).isIn(200, 400);
            assertThat(answer.json().path("status").intValue())
                    .as("%s answered with %s", damaged, answer.http().body())
                    .isGreaterThanOrEqualTo(200)
                    .isNotIn(500, 501);
        }
    }

    static Stream<Arguments> commands() {
        String connection = "/system/sharding/connection";
        String index = "/user/connectivityRoot/connectionIdsRetrieval";
        String migration = "/user/connectivityRoot/encryptionMigration";
        String cleanup = "/user/connectivityRoot/persistenceCleanup";
        return Stream.of(
                        List.of(connection, "connectivity.commands:createConnection", "connection"),
                        List.of(connection, "connectivity.commands:modifyConnection", "connection"),
                        List.of(connection, "connectivity.commands:testConnection", "connection"),
                        List.of(
                                connection,
                                "connectivity.commands:retrieveConnection",
                                "connectionId",
                                "selectedFields"),
                        List.of(connection, "connectivity.commands:openConnection", "connectionId"),
                        List.of(
                                connection,
                                "connectivity.commands:retrieveHonoConnection",
                                "connectionId"),
                        List.of(
                                connection,
                                "connectivity.sudo.commands:sudoRetrieveConnectionTags",
                                "connectionId"),
                        List.of(
                                index,
                                "connectivity.commands:retrieveConnections",
                                "connectionIds",
                                "idsOnly"),
                        List.of(index, "connectivity.commands:retrieveAllConnectionIds"),
                        List.of(
                                index,
                                "connectivity.sudo.commands:sudoRetrieveConnectionIdsByTag",
                                "tag"),
                        List.of(
                                migration,
                                "connectivity.commands:migrateEncryption",
                                "dryRun",
                                "resume"),
                        List.of(migration, "connectivity.commands:migrateEncryptionStatus"),
                        List.of(cleanup, "common.commands:modifyConfig", "config"),
                        List.of(cleanup, "cleanup.sudo.commands:cleanupPersistence", "entityId"),
                        List.of(MEDIATOR, "namespaces.commands:unblockNamespace", "namespace"),
                        List.of(MEDIATOR, "common.commands:shutdown", "reason"),
                        List.of(
                                "/system/sharding/thing",
                                "things.commands:retrieveThing",
                                "thingId",
                                "selectedFields"),
                        List.of("/system/sharding/thing", "things.commands:createThing", "thing"),
                        List.of(
                                "/system/sharding/thing",
                                "things.commands:mergeThing",
                                "thingId",
                                "path",
                                "value"),
                        List.of(
                                "/system/sharding/policy",
                                "policies.commands:modifyPolicy",
                                "policyId",
                                "policy"),
                        List.of(
                                MEDIATOR,
                                "devops.commands:retrieveLoggerConfig",
                                "specificLoggers",
                                "allKnownLoggers"),
                        List.of(MEDIATOR, "devops.commands:changeLogLevel", "loggerConfig"),
                        List.of(MEDIATOR, "common.commands:retrieveConfig", "path"),
                        List.of(
                                MEDIATOR,
                                "devops.commands:executePiggybackCommand",
                                "serviceName",
                                "instance",
                                "targetActorSelection",
                                "piggybackCommand"))
                .map(row -> {
                    ObjectNode command = JsonNodeFactory.instance.objectNode();
                    command.put("type", row.get(1));
                    row.subList(2, row.size()).forEach(field -> command.put(field, "x"));
                    return Arguments.of(row.getFirst(), command.toString());
                });
    }

    private static String namespace(String command, String namespace) {
        return "{\"type\": \"namespaces.commands:%s\", \"namespace\": \"%s\"}"
                .formatted(command, namespace);
    }

    private static String purgedOf(String resource) {
        return "{\"type\":\"namespaces.responses:purgeNamespace\",\"status\":200,\"namespace\":\"org.gone\","
                + "\"resourceType\":\"%s\",\"successful\":true,\"erased\":0}".formatted(resource);
    }

    /** As it is; and with each field missing, null and of every type. */
    private static List<String> damaged(ObjectNode command) {
        List<String> all = new ArrayList<>();
        all.add(command.toString());
        for (String field : fieldNames(command)) {
            all.add(command.deepCopy().without(field).toString());
            for (String value :
                    List.of(
                            "null",
                            "7",
                            "true",
                            "\"\"",
                            "\"/..\"",
                            "[]",
                            "[null]",
                            "{}",
                            "{\"a\": []}")) {
                all.add(command.deepCopy().set(field, Json.parse(value)).toString());
            }
        }
        return all;
    }

    private static List<String> fieldNames(ObjectNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode piggyback(String path, String target, String headers, String command)
            throws Exception {
        return send(path, target, headers, command).has(200).json();
    }

    private static Answer send(String path, String target, String headers, String command)
            throws Exception {
        return gateway.devops(
                "POST",
                "/devops/piggyback" + path,
                "{\"targetActorSelection\": \"%s\", \"headers\": %s, \"piggybackCommand\": %s}"
                        .formatted(target, headers, command));
    }
}
