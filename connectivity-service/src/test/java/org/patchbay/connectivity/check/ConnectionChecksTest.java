package org.patchbay.connectivity.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.hosts.HostPolicy;
import org.patchbay.connectivity.mapping.Mappers;
import org.patchbay.connectivity.mapping.MappingConfig;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.validation.ConnectionLimits;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.json.Json;

class ConnectionChecksTest {

    private static final Config CONFIG =
            ConfigFactory.parseString(
                            """
                            pekko.actor.provider = local
                            patchbay.connectivity.allow-loopback-addresses = on
                            """)
                    .withFallback(ConfigFactory.load());

    private final ActorTestKit kit = ActorTestKit.create(CONFIG);
    private final ConnectionChecks checks =
            new ConnectionChecks(
                    ConnectionLimits.DEFAULTS,
                    new Mappers(MappingConfig.of(CONFIG))::check,
                    Runnable::run,
                    HostPolicy.of(kit.system()));

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void a_connection_in_which_nothing_is_wrong_passes() throws Exception {
        assertThat(check(SampleConnections.open("an-id"))).isEmpty();
    }

    @Test
    void form_mappers_and_hosts_are_judged_at_once() throws Exception {
        ObjectNode json =
                ConnectionJson.write(SampleConnections.mqtt("an-id", "tcp://10.1.2.3:1883"));
        json.put("clientCount", 2);
        json.set(
                "mappingDefinitions",
                Json.parse(
                        """
                        {"a/b": {"mappingEngine": "JavaScript",
                                 "options": {"incomingScript": "function ("}},
                         "unused": {"mappingEngine": "Nobody", "options": {}}}
                        """));
        ((ObjectNode) json.at("/sources/0"))
                .set("payloadMapping", Json.parse("[\"a/b\", \"nowhere\", \"unused\"]"));

        Problem problem = check(ConnectionJson.read(json)).orElseThrow();

        assertThat(problem.code()).isEqualTo("connectivity:connection.configuration.invalid");
        assertThat(problem.description().lines())
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactly(
                        "/clientCount",
                        "/mappingDefinitions/a~1b/options/incomingScript",
                        "/sources/0/payloadMapping/1",
                        "/sources/0/payloadMapping/2",
                        "/uri");
    }

    private Optional<Problem> check(Connection connection) throws Exception {
        return checks.check(connection).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
