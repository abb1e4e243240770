package org.patchbay.connectivity.model.validation.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.BadInput;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;

class OptionChecksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mqtt      | cleanSession                | perhaps
                    mqtt      | separatePublisherClient     | 1
                    mqtt      | reconnectForRedelivery      | ''
                    mqtt-5    | reconnectForRedeliveryDelay | 999ms
                    mqtt-5    | reconnectForRedeliveryDelay | soon
                    mqtt-5    | keepAlive                   | 1 minute
                    mqtt-5    | keepAlive                   | 65536s
                    mqtt      | keepAlive                   | -1s
                    mqtt      | lastWillTopic               | a/#
                    mqtt      | lastWillTopic               | a/{{ thing:id }}
                    mqtt      | lastWillQos                 | 3
                    mqtt      | lastWillRetain              | yes
                    amqp-091  | is-diversion-source         | yes
                    amqp-091  | authorized-connections-as-sources | a b
                    amqp-10   | jms.sendTimeout             | 10s
                    amqp-10   | jms.prefetchPolicy.all      | -1
                    amqp-10   | jms.redeliveryPolicy.outcome | LOST
                    amqp-10   | transport.tcpNoDelay        | on
                    amqp-10   | amqp.idleTimeout            | never
                    amqp-10   | amqp.saslMechanisms         | PLAIN,MAGIC
                    amqp-10   | failover.nested.amqp.maxFrameSize | 511
                    kafka     | saslMechanism               | digest
                    kafka     | debugEnabled                | verbose
                    kafka     | groupId                     | ' '
                    hono      | honoTenantId                | a:b
                    http-push | parallelism                 | 0
                    http-push | parallelism                 | many
                    http-push | omitRequestBody             | GET,FETCH
                    """)
    void a_wrong_value_is_named_with_what_is_allowed(String type, String name, String value) {
        List<Finding> findings = check(with(type, name, value));

        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().pointer()).isEqualTo("/specificConfig/" + name);
        assertThat(findings.getFirst().allowed()).startsWith("Allowed: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mqtt      | cleanSession                | ' TRUE '
                    mqtt      | keepAlive                   | 0
                    mqtt      | keepAlive                   | 65535
                    mqtt      | reconnectForRedeliveryDelay | 1 h
                    mqtt      | lastWillQos                 | ' 2'
                    mqtt      | lastWillMessage             | 'any {{ text }}'
                    mqtt      | parallelism                 | many
                    amqp-091  | cleanSession                | perhaps
                    amqp-10   | jms.sendTimeout             | -1
                    amqp-10   | jms.unheardOf               | x
                    amqp-10   | transport.ws.maxFrameSize   | x
                    amqp-10   | sasl.options.protocol       | amqp
                    kafka     | saslMechanism               | PLAIN
                    hono      | bootstrapServers            | not looked at
                    http-push | omitRequestBody             | ''
                    http-push | omitRequestBody             | get
                    """)
    void what_is_not_known_to_be_wrong_is_accepted(String type, String name, String value) {
        assertThat(check(with(type, name, value))).isEmpty();
    }

    @Test
    void all_wrong_options_are_told() {
        ObjectNode json = with("mqtt", "keepAlive", "x");
        ((ObjectNode) json.get("specificConfig")).put("lastWillQos", "x");

        assertThat(check(json))
                .extracting(Finding::pointer)
                .containsExactlyInAnyOrder(
                        "/specificConfig/keepAlive", "/specificConfig/lastWillQos");
    }

    @Test
    void without_a_tenant_the_id_of_a_hono_connection_must_be_able_to_stand_for_it() {
        ObjectNode json = BadInput.complete("hono");
        json.remove("specificConfig");

        assertThat(check(json)).isEmpty();
        assertThat(check(json.put("id", "a:b")))
                .extracting(Finding::pointer)
                .containsExactly("/specificConfig/honoTenantId");
    }

    private static ObjectNode with(String type, String name, String value) {
        ObjectNode json = BadInput.complete(type);
        ((ObjectNode) json.get("specificConfig")).put(name, value);
        return json;
    }

    private static List<Finding> check(ObjectNode json) {
        Findings findings = new Findings();
        OptionChecks.collect(ConnectionJson.read(json), findings);
        return findings.all();
    }
}
