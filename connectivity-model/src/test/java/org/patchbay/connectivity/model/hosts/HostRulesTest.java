package org.patchbay.connectivity.model.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.model.hosts.HostRules.Verdict;

class HostRulesTest {

    private static final HostRules STRICT =
            new HostRules(Set.of(), Set.of(), List.of(), null, false);
    private static final HostRules WITH_LOOPBACK =
            new HostRules(Set.of(), Set.of(), List.of(), null, true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "127.8.8.8", "::1", "169.254.169.254", "10.1.2.3", "172.31.0.1",
                "192.168.1.1", "100.64.0.1", "224.0.0.1", "0.0.0.0", "255.255.255.255", "fe80::1",
                "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"
            })
    void addresses_inside_are_blocked(String address) {
        assertThat(STRICT.judge("some.name", InetAddress.ofLiteral(address))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9.255.255.255", "11.0.0.0", "172.32.0.1", "100.128.0.1", "2606:4700::1"})
    void addresses_outside_are_not(String address) {
        assertThat(STRICT.judge("some.name", InetAddress.ofLiteral(address))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "::1, ::1, true",
        "localhost, 127.0.0.1, false",
        "rebound.example, 127.0.0.1, false",
        "10.0.0.1, 10.0.0.1, false"
    })
    void with_loopback_allowed_its_addresses_may_be_reached_but_no_names_for_them(
            String host, String address, boolean allowed) {
        String why = WITH_LOOPBACK.judge(host, InetAddress.ofLiteral(address));

        assertThat(why == null).isEqualTo(allowed);
    }

    @Test
    void an_allowed_name_may_point_anywhere() {
        HostRules rules =
                new HostRules(Set.of("Broker.internal"), Set.of(), List.of(), null, false);

        assertThat(rules.judge("broker.INTERNAL.", InetAddress.ofLiteral("10.0.0.1"))).isNull();
    }

    @Test
    void a_blocked_name_is_blocked_wherever_it_points() {
        HostRules rules =
                new HostRules(
                        Set.of(),
                        Set.of("bad.example"),
                        List.of(),
                        Pattern.compile(".*\\.evil"),
                        false);

        assertThat(rules.judge("BAD.example")).isInstanceOf(Verdict.Blocked.class);
        assertThat(rules.judge("a.evil")).isInstanceOf(Verdict.Blocked.class);
        assertThat(rules.judge("good.example")).isInstanceOf(Verdict.DependsOnAddress.class);
    }

    @Test
    void a_configured_subnet_is_blocked_too() {
        HostRules rules =
                new HostRules(
                        Set.of(), Set.of(), List.of(Subnet.parse("203.0.113.0/25")), null, false);

        assertThat(rules.judge("x", InetAddress.ofLiteral("203.0.113.127"))).isNotNull();
        assertThat(rules.judge("x", InetAddress.ofLiteral("203.0.113.128"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "broker.far.example, true",
        "10.9.9.9, true",
        "127.0.0.1, true",
        "localhost, true",
        "10.1.2.3, false",
        "never.example, false"
    })
    void beyond_a_tunnel_only_what_the_operator_blocked_counts(String host, boolean allowed) {
        HostRules rules =
                new HostRules(
                        Set.of(),
                        Set.of("never.example"),
                        List.of(Subnet.parse("10.1.0.0/16")),
                        null,
                        false);

        assertThat(rules.judgeBeyondTunnel(host) == null).isEqualTo(allowed);
    }
}
