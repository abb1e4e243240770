package org.patchbay.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.cluster.node.Node;

class WarningsTest {

    private static final KnownVariables KNOWN =
            KnownVariables.parse(
                    List.of(
                            "@later | not yet | It comes.",
                            "@otherwise | instead | Use that.",
                            "## One",
                            "LATER_ONE | a.b | @later",
                            "LATER_TWO | a.c | @later",
                            "OTHER | a.d | @otherwise",
                            "HTTP_PORT | ditto.gateway.http.port | honoured",
                            "PATCHBAY_HTTP_PORT | ditto.gateway.http.port | honoured",
                            "CONNECTIVITY_CLIENT_MAX_BACKOFF |"
                                    + " ditto.connectivity.client.max-backoff | honoured",
                            "PATCHBAY_JAVA_OPTS | the script | elsewhere | For the JVM."));

    @Test
    void what_has_no_effect_is_named_once_for_each_reason_and_never_with_its_value() {
        List<String> warnings =
                warnings(Map.of("LATER_ONE", "s3cret", "LATER_TWO", "s3cret", "OTHER", "s3cret"));

        assertThat(warnings)
                .containsExactly(
                        "LATER_ONE, LATER_TWO without effect yet: It comes.",
                        "OTHER without effect: Use that.");
    }

    @Test
    void what_has_an_effect_and_what_is_nobodys_business_is_not_named() {
        assertThat(
                        warnings(
                                Map.of(
                                        "HTTP_PORT", "1234",
                                        "PATCHBAY_JAVA_OPTS", "-Xmx1g",
                                        "HOME", "/root",
                                        "JAVA_HOME", "/jdk",
                                        "GATEWAY", "yes")))
                .isEmpty();
    }

    @Test
    void of_two_variables_for_one_setting_the_one_without_effect_is_named() {
        assertThat(warnings(Map.of("HTTP_PORT", "1", "PATCHBAY_HTTP_PORT", "2")))
                .containsExactly(
                        "HTTP_PORT without effect: ditto.gateway.http.port comes from"
                                + " environment variable PATCHBAY_HTTP_PORT, which goes before it.");
    }

    @Test
    void a_variable_whose_setting_a_file_has_is_named_with_the_line() {
        Config file =
                ConfigFactory.parseString(
                        "\n\nditto.gateway.http.port = 3",
                        ConfigParseOptions.defaults().setOriginDescription("/etc/my.conf"));
        Map<String, String> environment = Map.of("HTTP_PORT", "1");

        assertThat(Warnings.of(environment, Node.config(file, environment), KNOWN))
                .singleElement()
                .asString()
                .contains("HTTP_PORT without effect", "/etc/my.conf:3");
    }

    @Test
    void a_setting_in_a_file_that_nobody_reads_is_named_with_the_line() {
        Config file =
                ConfigFactory.parseString(
                        "ditto.gateway.http.prot = 3\na.c = 5\nditto.mine.own = 4\nother = 5",
                        ConfigParseOptions.defaults().setOriginDescription("/etc/my.conf"));

        assertThat(Warnings.of(Map.of(), Node.config(file, Map.of()), KNOWN))
                .containsExactly(
                        "ditto.gateway.http.prot (/etc/my.conf:1) is not known and without effect;"
                                + " is ditto.gateway.http.port meant?",
                        "ditto.mine.own (/etc/my.conf:3) is not known and without effect.");
    }

    @Test
    void a_setting_of_dittos_without_a_meaning_has_the_reason_of_its_variable() {
        Config file =
                ConfigFactory.parseString(
                        "ditto.mongodb.uri = x, ditto.mongodb.pool.minSize = 4",
                        ConfigParseOptions.defaults().setOriginDescription("/etc/my.conf"));

        assertThat(Warnings.of(Map.of(), Node.config(file, Map.of()), KnownVariables.load()))
                .singleElement()
                .asString()
                .startsWith(
                        "ditto.mongodb.pool.minSize (/etc/my.conf:1), ditto.mongodb.uri"
                                + " (/etc/my.conf:1) without effect yet: ");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTIVITY_CLIENT_MAX_BACKOF, is CONNECTIVITY_CLIENT_MAX_BACKOFF meant?",
        "CONECTIVITY_CLIENT_MAX_BACKOFF, is CONNECTIVITY_CLIENT_MAX_BACKOFF meant?",
        "PATCHBAY_HTTPPORT, is PATCHBAY_HTTP_PORT meant?",
        "DITTO_SOMETHING_ELSE, not known",
        "CONNECTIVITY_SOMETHING_ELSE, not known",
    })
    void what_nobody_knows_is_named_and_what_may_be_meant(String name, String expected) {
        assertThat(warnings(Map.of(name, "1")))
                .singleElement()
                .asString()
                .startsWith(name)
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "DITTO_GATEWAY_SERVICE_HOST, 10.0.0.1",
        "DITTO_GATEWAY_SERVICE_PORT_HTTP, 8080",
        "PATCHBAY_PORT, tcp://10.0.0.1:8080",
        "PATCHBAY_PORT_8080_TCP_ADDR, 10.0.0.1",
        "MONGO_DB_PORT_27017_TCP, tcp://10.0.0.1:27017",
    })
    void addresses_of_services_that_kubernetes_sets_are_left_alone(String name, String value) {
        assertThat(warnings(Map.of(name, value))).isEmpty();
    }

    private static List<String> warnings(Map<String, String> environment) {
        return Warnings.of(environment, Node.config(ConfigFactory.empty(), environment), KNOWN);
    }
}
