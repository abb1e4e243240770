package org.patchbay.cluster.devops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.devops.DevOps.Answers;
import org.patchbay.cluster.devops.DevOpsCommand.ChangeLogLevel;
import org.patchbay.cluster.devops.DevOpsCommand.Identify;
import org.patchbay.cluster.devops.DevOpsCommand.RetrieveConfig;
import org.patchbay.cluster.devops.DevOpsCommand.RetrieveHealth;
import org.patchbay.cluster.devops.DevOpsCommand.RetrieveLoggerConfig;
import org.patchbay.cluster.node.TestCluster;
import org.slf4j.LoggerFactory;

/** Two nodes, of which only the second one serves things. */
class DevOpsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestCluster cluster;
    private static DevOps devOps;

    @BeforeAll
    static void start(@TempDir Path data) {
        cluster = TestCluster.in(data, Behaviors::empty, "some.password = swordfish-7");
        ActorSystem<Void> first =
                cluster.start("patchbay { instance = one, roles = \"gateway,connectivity\" }");
        cluster.start(
                """
                patchbay { instance = two, roles = "connectivity,things" }
                mongodb.uri = "mongodb://user:hidden@host/db"
                """);
        devOps = DevOps.of(first);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void all_nodes_of_a_service_are_asked_and_no_others() throws Exception {
        assertThat(all(Service.CONNECTIVITY).byInstance()).containsOnlyKeys("one", "two");
        assertThat(all(Service.GATEWAY).byInstance()).containsOnlyKeys("one");
        assertThat(all(Service.THINGS).byInstance()).containsOnlyKeys("two");
        assertThat(all(Service.POLICIES).byInstance()).containsOnlyKeys("two");
    }

    @Test
    void one_node_is_asked_by_its_name() throws Exception {
        Answers answers = get(devOps.ask(Service.CONNECTIVITY, "two", new Identify(), PATIENCE));

        assertThat(answers.byInstance()).containsOnlyKeys("two");
        assertThat(answers.others()).containsExactly("one");
    }

    @Test
    void a_number_stands_for_a_node_where_none_is_called_so() throws Exception {
        assertThat(get(devOps.ask(Service.THINGS, "1", new Identify(), PATIENCE)).byInstance())
                .containsOnlyKeys("two");
        assertThat(get(devOps.ask(Service.THINGS, "2", new Identify(), PATIENCE)).byInstance())
                .isEmpty();
        assertThat(get(devOps.ask(Service.THINGS, "0", new Identify(), PATIENCE)).byInstance())
                .isEmpty();
    }

    @Test
    void where_no_node_has_the_name_the_others_are_named() throws Exception {
        Answers answers = get(devOps.ask(Service.CONNECTIVITY, "three", new Identify(), PATIENCE));

        assertThat(answers.byInstance()).isEmpty();
        assertThat(answers.others()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void any_one_node_is_asked_this_one_if_it_may() throws Exception {
        assertThat(get(devOps.askOne(Service.CONNECTIVITY, new Identify(), PATIENCE)).byInstance())
                .containsOnlyKeys("one");
        assertThat(get(devOps.askOne(Service.THINGS, new Identify(), PATIENCE)).byInstance())
                .containsOnlyKeys("two");
    }

    @Test
    void a_level_is_really_changed_and_told() throws Exception {
        String logger = "org.patchbay.cluster.devops.Sample";

        JsonNode changed =
                get(devOps.askAll(Service.THINGS, new ChangeLogLevel(logger, "trace"), PATIENCE))
                        .byInstance()
                        .get("two");
        JsonNode levels =
                get(devOps.askAll(
                                Service.THINGS,
                                new RetrieveLoggerConfig(List.of(), false),
                                PATIENCE))
                        .byInstance()
                        .get("two");

        assertThat(LoggerFactory.getLogger(logger).isTraceEnabled()).isTrue();
        assertThat(changed)
                .hasToString(
                        "{\"type\":\"devops.responses:changeLogLevel\",\"status\":200,"
                                + "\"serviceName\":\"things\",\"instance\":\"two\",\"successful\":true}");
        assertThat(levels.get("type").textValue())
                .isEqualTo("devops.responses:retrieveLoggerConfig");
        assertThat(levels.get("loggerConfigs"))
                .map(JsonNode::toString)
                .contains("{\"level\":\"trace\",\"logger\":\"" + logger + "\"}")
                .anyMatch(each -> each.contains("ROOT"));
    }

    @Test
    void loggers_that_are_off_are_told_when_asked_for() throws Exception {
        String logger = "org.patchbay.cluster.devops.Silent";
        get(devOps.askAll(Service.GATEWAY, new ChangeLogLevel(logger, "off"), PATIENCE));

        assertThat(loggers(false)).noneMatch(each -> each.contains(logger));
        assertThat(loggers(true)).contains("{\"level\":\"off\",\"logger\":\"" + logger + "\"}");
    }

    @Test
    void configuration_is_shown_without_secrets() throws Exception {
        JsonNode some = config("some");
        JsonNode uri = config("mongodb.uri");
        String whole = config("").toString();

        assertThat(some.get("config")).hasToString("{\"password\":\"***\"}");
        assertThat(uri.get("config").textValue()).isEqualTo("mongodb://user:***@host/db");
        assertThat(whole).contains("number-of-shards").doesNotContain("swordfish", "hidden");
    }

    @Test
    void who_is_asked_and_with_what_it_was_started_stands_in_the_info() throws Exception {
        JsonNode info = config("ditto.info").get("config");

        assertThat(info.get("service"))
                .hasToString("{\"instance-id\":\"two\",\"name\":\"things\"}");
        assertThat(info.get("env").isObject()).isTrue();
        assertThat(info.get("vm-args").isArray()).isTrue();
    }

    @Test
    void a_path_that_leads_nowhere_is_an_error() throws Exception {
        JsonNode error = config("no.such.thing");

        assertThat(error.get("type").textValue()).isEqualTo("devops.responses:errorResponse");
        assertThat(error.at("/payload/error").textValue()).isEqualTo("json.field.missing");
    }

    @Test
    void health_is_told_in_parts() throws Exception {
        JsonNode health =
                get(devOps.askAll(Service.THINGS, new RetrieveHealth(), PATIENCE))
                        .byInstance()
                        .get("two");

        assertThat(health.get("type").textValue()).isEqualTo("status.responses:retrieveHealth");
        assertThat(health.at("/statusInfo/children"))
                .map(part -> part.get("label").textValue())
                .contains("cluster", "store");
    }

    private static List<String> loggers(boolean disabled) throws Exception {
        List<String> told = new ArrayList<>();
        get(devOps.askAll(Service.GATEWAY, new RetrieveLoggerConfig(List.of(), disabled), PATIENCE))
                .byInstance()
                .get("one")
                .get("loggerConfigs")
                .forEach(each -> told.add(each.toString()));
        return told;
    }

    private static JsonNode config(String path) throws Exception {
        return get(devOps.askAll(Service.THINGS, new RetrieveConfig(path), PATIENCE))
                .byInstance()
                .get("two");
    }

    private static Answers all(Service service) throws Exception {
        return get(devOps.askAll(service, new Identify(), PATIENCE));
    }

    private static Answers get(CompletionStage<Answers> answers) throws Exception {
        return answers.toCompletableFuture().get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
