package org.patchbay.connectivity.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.model.problems.Finding;

class HostPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "true, tcp://127.0.0.1:1883, true",
        "true, tcp://localhost:1883, false",
        "false, tcp://127.0.0.1:1883, false",
        "false, tcp://no-such-host.invalid:1883, true",
        "false, tcp://10.1.2.3:1883, false",
        "standalone, tcp://127.0.0.1:1883, true",
    })
    void the_hosts_of_a_connection_are_resolved_and_judged(
            String loopback, String uri, boolean allowed) throws Exception {
        assertThat(
                        check("patchbay.connectivity.allow-loopback-addresses = " + loopback, uri)
                                .isEmpty())
                .isEqualTo(allowed);
    }

    @Test
    void a_name_that_is_allowed_is_not_resolved() throws Exception {
        assertThat(
                        check(
                                "ditto.connectivity.connection.allowed-hostnames = \"a, localhost\"",
                                "tcp://localhost:1883"))
                .isEmpty();
    }

    @Test
    void the_address_that_is_connected_to_is_judged_again() {
        withSystem(
                "",
                kit -> {
                    HostPolicy policy = HostPolicy.of(kit.system());
                    assertThat(allows(policy, "93.184.216.34")).isTrue();
                    assertThat(allows(policy, "169.254.169.254")).isFalse();
                });
    }

    @Test
    void a_wrong_setting_names_its_key() {
        withSystem(
                "ditto.connectivity.connection.blocked-subnets = \"10.0.0.0/99\"",
                kit ->
                        assertThatThrownBy(() -> HostPolicy.of(kit.system()))
                                .isInstanceOf(ConfigException.class)
                                .hasMessageContaining("blocked-subnets"));
    }

    private static boolean allows(HostPolicy policy, String address) {
        return policy.allows("rebound.example", InetAddress.ofLiteral(address));
    }

    private static List<Finding> check(String config, String uri) throws Exception {
        ActorTestKit kit = kit(config);
        try {
            return HostPolicy.of(kit.system())
                    .check(SampleConnections.mqtt("id", uri))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } finally {
            kit.shutdownTestKit();
        }
    }

    private interface Use {
        void of(ActorTestKit kit);
    }

    private static void withSystem(String config, Use use) {
        ActorTestKit kit = kit(config);
        try {
            use.of(kit);
        } finally {
            kit.shutdownTestKit();
        }
    }

    private static ActorTestKit kit(String config) {
        return ActorTestKit.create(
                ConfigFactory.parseString("pekko.actor.provider = local\n" + config)
                        .withFallback(ConfigFactory.load()));
    }
}
