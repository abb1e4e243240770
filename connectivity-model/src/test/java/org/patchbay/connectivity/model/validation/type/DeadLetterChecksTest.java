package org.patchbay.connectivity.model.validation.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.BadInput;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;

class DeadLetterChecksTest {

    private static final String ADDRESS = "/specificConfig/dead-letter-address";
    private static final String QOS = "/specificConfig/dead-letter-qos";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    mqtt-5    ; ' '
                    mqtt-5    ; dead/#
                    mqtt-5    ; dead/{{ thing-json:attributes/x }}
                    mqtt-5    ; dead/{{ dead-letter:payload }}
                    mqtt-5    ; dead/{{ target:qos }}
                    mqtt-5    ; dead/{{ header:x | fn:unheard-of() }}
                    kafka     ; dead letters
                    hono      ; dead letters
                    http-push ; /dead
                    """)
    void a_wrong_address_is_named_with_what_is_allowed(String type, String address) {
        List<Finding> findings = check(type, address, null, "in");

        assertThat(findings).extracting(Finding::pointer).containsExactly(ADDRESS);
        assertThat(findings.getFirst().allowed()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    mqtt-5    ; dead/{{ connection:id }}/{{ source:address | fn:default(target:address) }} ; 0
                    mqtt-5    ; dead/{{ header:x }}/{{ time:now }}/{{ thing:id }}/{{ entity:name }}        ; 2
                    mqtt      ; dead/{{ dead-letter:reason }}/{{ dead-letter:stage }}                      ; 1
                    kafka     ; dead                                                                       ; 1
                    hono      ; dead                                                                       ; 1
                    amqp-091  ; dead/{{ dead-letter:code }}                                                ;
                    http-push ; POST:/dead                                                                 ;
                    """)
    void documented_placeholders_and_qos_are_fine(
            String type, String address, @Nullable String qos) {
        assertThat(check(type, address, qos, "in")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"mqtt, 3", "mqtt-5, high", "kafka, 2", "amqp-091, 1", "mqtt, ''"})
    void a_wrong_qos_is_named(String type, String qos) {
        assertThat(check(type, "dead", qos, "in"))
                .extracting(Finding::pointer)
                .containsExactly(QOS);
    }

    @Test
    void a_qos_without_an_address_is_a_mistake() {
        assertThat(check("mqtt", null, "1", "in"))
                .extracting(Finding::pointer)
                .containsExactly(QOS);
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt, in/#, in/dead, 1",
        "mqtt, $share/all/in/+, in/dead, 1",
        "mqtt, in/#, dead, 0",
        "mqtt-5, in/#, in/dead, 0"
    })
    void what_would_come_back_must_be_marked(
            String type, String source, String address, int findings) {
        assertThat(check(type, address, null, source)).hasSize(findings);
    }

    private static List<Finding> check(
            String type, @Nullable String address, @Nullable String qos, String source) {
        ObjectNode json = BadInput.complete(type);
        ObjectNode options = (ObjectNode) json.get("specificConfig");
        if (address != null) {
            options.put("dead-letter-address", address);
        }
        if (qos != null) {
            options.put("dead-letter-qos", qos);
        }
        if (json.path("sources").path(0) instanceof ObjectNode first) {
            ((ArrayNode) first.withArray("addresses"))
                    .removeAll()
                    .add(type.equals("hono") ? "telemetry" : source);
        }
        Findings findings = new Findings();
        DeadLetterChecks.collect(ConnectionJson.read(json), findings);
        return findings.all();
    }
}
