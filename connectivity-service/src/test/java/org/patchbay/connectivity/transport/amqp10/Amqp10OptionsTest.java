package org.patchbay.connectivity.transport.amqp10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.model.option.OptionKind;
import org.patchbay.connectivity.model.validation.type.OptionTable;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Amqp10OptionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** One of them every option can be. */
    private static final List<String> VALUES =
            List.of("true", "1024", "7", "PLAIN", "REJECTED", "UUID", "REPLACE", "words");

    private final ActorTestKit kit = ActorTestKit.create();

    @AfterAll
    void stopSystem() {
        kit.shutdownTestKit();
    }

    @Test
    void without_specific_config_the_operators_defaults_hold() {
        assertThat(options(Map.of()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("jms.clientIDPrefix", "lamps/0:"),
                                Map.entry("jms.connectTimeout", "15000"),
                                Map.entry("jms.sendTimeout", "15000"),
                                Map.entry("jms.requestTimeout", "5000"),
                                Map.entry("jms.closeTimeout", "2000"),
                                Map.entry("jms.prefetchPolicy.queuePrefetch", "10"),
                                Map.entry("jms.prefetchPolicy.topicPrefetch", "10"),
                                Map.entry("amqp.idleTimeout", "30000"),
                                Map.entry("amqp.vhost", "broker.example"),
                                Map.entry("transport.connectTimeout", "15000"),
                                Map.entry(
                                        "transport.sharedEventLoopThreads",
                                        "" + Runtime.getRuntime().availableProcessors())));
    }

    @ParameterizedTest
    @CsvSource({
        "jms.connectTimeout, 1",
        "jms.sendTimeout, -1",
        "jms.requestTimeout, 2",
        "jms.closeTimeout, 3",
        "jms.clientIDPrefix, mine",
        "jms.prefetchPolicy.queuePrefetch, 4",
        "jms.queuePrefix, q/ä?&=",
        "amqp.idleTimeout, 5",
        "amqp.vhost, other.example",
        "amqp.saslMechanisms, 'PLAIN,ANONYMOUS'",
        "transport.connectTimeout, 6",
        "transport.tcpKeepAlive, true"
    })
    void a_connections_own_value_wins(String name, String value) {
        assertThat(options(Map.of(name, value))).containsEntry(name, value);
    }

    @Test
    void how_many_come_ahead_is_said_of_queues_and_topics_together_or_of_one_of_them() {
        Map<String, String> options =
                options(
                        Map.of(
                                "jms.prefetchPolicy.all", "3",
                                "jms.prefetchPolicy.topicPrefetch", "7"));

        assertThat(options)
                .containsEntry("jms.prefetchPolicy.queuePrefetch", "3")
                .containsEntry("jms.prefetchPolicy.topicPrefetch", "7")
                .doesNotContainKey("jms.prefetchPolicy.all");
    }

    @Test
    void nobody_waits_longer_for_a_link_than_whoever_asked_for_it() {
        assertThat(options(connection(Map.of()), 0, Duration.ofSeconds(3), 0))
                .containsEntry("jms.connectTimeout", "3000")
                .containsEntry("transport.connectTimeout", "3000");
    }

    @Test
    void of_several_brokers_only_what_is_about_one_counts() {
        Map<String, String> options =
                options(
                        Map.of(
                                "failover.maxReconnectAttempts", "3",
                                "failover.nested.amqp.idleTimeout", "4",
                                "failover.nested.transport.tcpNoDelay", "false"));

        assertThat(options)
                .containsEntry("amqp.idleTimeout", "4")
                .containsEntry("transport.tcpNoDelay", "false");
        assertThat(options.keySet()).noneMatch(name -> name.startsWith("failover"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transport.keyStoreLocation",
                "transport.keyStorePassword",
                "transport.trustStoreLocation",
                "failover.nested.transport.trustStorePassword",
                "dead-letter",
                "somebody-elses"
            })
    void files_of_keys_and_options_that_are_not_the_librarys_do_not_reach_it(String name) {
        assertThat(options(Map.of(name, "value"))).isEqualTo(options(Map.of()));
    }

    @Test
    void the_host_of_a_certificate_is_checked_unless_nothing_of_it_is() {
        Connection unchecked =
                Amqp10Connections.trusting(connection(Map.of("transport.verifyHost", "true")));

        assertThat(options(Map.of())).doesNotContainKey("transport.verifyHost");
        assertThat(options(unchecked, 0, PATIENCE, 0))
                .containsEntry("transport.verifyHost", "false");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, mine", "0, 2, mine~2", "1, 0, mine-1", "3, 1, mine-3~1"})
    void each_client_and_each_link_has_an_id_of_its_own(int client, int links, String id) {
        Connection named = connection(Map.of("jms.clientID", "mine"));

        assertThat(options(named, client, PATIENCE, links)).containsEntry("jms.clientID", id);
    }

    @Test
    void a_trial_takes_no_message_and_nobodys_id() {
        Connection connection =
                connection(
                        Map.of(
                                "jms.clientID", "mine",
                                "jms.prefetchPolicy.queuePrefetch", "5",
                                "jms.sendTimeout", "6"));
        var trial =
                Amqp10Options.ofTrial(connection, context(0, PATIENCE), Amqp10Connections.CONFIG);

        assertThat(parsed(trial.uri(Endpoint.of(connection), address("127.0.0.1"), 0)))
                .doesNotContainKey("jms.clientID")
                .doesNotContainKey("jms.prefetchPolicy.queuePrefetch")
                .containsEntry("jms.prefetchPolicy.all", "0")
                .containsEntry("jms.sendTimeout", "6");
    }

    @ParameterizedTest
    @CsvSource({
        "amqp, 127.0.0.1, amqp://127.0.0.1:5671?",
        "amqps, 127.0.0.1, amqps://127.0.0.1:5671?",
        "amqp, ::1, amqp://[0:0:0:0:0:0:0:1]:5671?"
    })
    void links_go_to_the_address_and_tell_the_name(String scheme, String address, String begin) {
        Connection connection =
                Amqp10Connections.connection(
                        "lamps", scheme + "://broker.example:5671", Map.of(), List.of("in"));

        String uri =
                Amqp10Options.of(connection, context(0, PATIENCE), Amqp10Connections.CONFIG)
                        .uri(Endpoint.of(connection), address(address), 0);

        assertThat(uri).startsWith(begin).contains("amqp.vhost=broker.example");
    }

    @Test
    void another_scheme_is_the_users_to_mend() {
        Connection connection =
                Amqp10Connections.connection("lamps", "tcp://a:1", Map.of(), List.of("in"));

        Failure failure =
                catchThrowableOfType(Failure.class, () -> Amqp10Options.isSecure(connection));

        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.CONFIGURATION);
        assertThat(failure.description()).contains("amqp").contains("amqps").contains("tcp");
    }

    static Stream<String> known() {
        return OptionTable.of(ConnectionType.AMQP_10).keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("known")
    void an_option_that_may_be_said_is_one_that_the_library_has(String name) {
        OptionKind kind = OptionTable.of(ConnectionType.AMQP_10).get(name);
        String value = VALUES.stream().filter(kind.allows()).findFirst().orElseThrow();

        // There is nobody: it fails, but not for the options.
        assertThat(failureToConnect(Map.of(name, value))).isNotInstanceOf(Failure.class);
    }

    @ParameterizedTest
    @CsvSource({
        "jms.unheardOf, x",
        "jms.prefetchPolicy.unheardOf, 1",
        "amqp.unheardOf, x",
        "transport.unheardOf, x",
        "failover.nested.amqp.unheardOf, x",
        "jms.sendTimeout, soon",
        "jms.redeliveryPolicy.outcome, LOST",
        "amqp.idleTimeout, soon"
    })
    void an_option_that_the_library_does_not_take_is_the_users_to_mend(String name, String value) {
        Throwable failure = failureToConnect(Map.of(name, value));

        assertThat(failure).isInstanceOf(Failure.class);
        assertThat(((Failure) failure).blame()).isEqualTo(Failure.Blame.USER);
        assertThat(((Failure) failure).layer()).isEqualTo(Layer.CONFIGURATION);
        assertThat(((Failure) failure).description()).contains("specificConfig");
    }

    private Throwable failureToConnect(Map<String, String> specificConfig) {
        Connection connection = connection(specificConfig);
        var options = Amqp10Options.of(connection, context(0, PATIENCE), Amqp10Connections.CONFIG);
        var nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), Scratch.freePort());
        return catchThrowableOfType(
                Exception.class, () -> options.connect(Endpoint.of(connection), nobody, null, 0));
    }

    private Map<String, String> options(Map<String, String> specificConfig) {
        return options(connection(specificConfig), 0, PATIENCE, 0);
    }

    private Map<String, String> options(
            Connection connection, int client, Duration patience, int links) {
        return parsed(
                Amqp10Options.of(connection, context(client, patience), Amqp10Connections.CONFIG)
                        .uri(Endpoint.of(connection), address("127.0.0.1"), links));
    }

    private static Connection connection(Map<String, String> specificConfig) {
        return Amqp10Connections.connection(
                "lamps", "amqp://broker.example:5672", specificConfig, List.of("in"));
    }

    private ClientContext context(int client, Duration patience) {
        return Amqp10Connections.context(kit.system(), client, patience);
    }

    private static InetSocketAddress address(String literal) {
        try {
            return new InetSocketAddress(InetAddress.getByName(literal), 5671);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, String> parsed(String uri) {
        Map<String, String> parsed = new LinkedHashMap<>();
        Arrays.stream(uri.substring(uri.indexOf('?') + 1).split("&"))
                .map(one -> one.split("=", 2))
                .forEach(one -> parsed.put(decoded(one[0]), decoded(one[1])));
        return new TreeMap<>(parsed);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
