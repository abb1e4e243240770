package org.patchbay.connectivity.transport.kafka.way;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;
import org.apache.kafka.common.requests.ResponseHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers of brokers, in every version. */
class AddressesTest {

    private final Brokers brokers = Ports.brokers();
    private final Addresses addresses = new Addresses(brokers);

    static Stream<Short> metadata() {
        return ApiKeys.METADATA.allVersions().stream();
    }

    static Stream<Short> clusters() {
        return ApiKeys.DESCRIBE_CLUSTER.allVersions().stream();
    }

    static Stream<Short> coordinators() {
        return ApiKeys.FIND_COORDINATOR.allVersions().stream();
    }

    static Stream<Short> versions() {
        return ApiKeys.API_VERSIONS.allVersions().stream();
    }

    @ParameterizedTest
    @MethodSource("metadata")
    void brokers_of_metadata_are_where_the_detour_begins(short version) {
        var metadata = new MetadataResponseData().setControllerId(1);
        metadata.brokers().add(broker(1, "first"));
        metadata.brokers().add(broker(2, "second").setRack(version > 0 ? "rack" : null));
        metadata.topics().add(new MetadataResponseTopic().setName("a topic"));

        var changed = (MetadataResponseData) changed(ApiKeys.METADATA, version, metadata);

        assertThat(changed.brokers())
                .extracting(MetadataResponseBroker::host)
                .containsOnly("127.0.0.1");
        assertThat(changed.brokers())
                .extracting(MetadataResponseBroker::port)
                .containsExactly(1, 2);
        assertThat(changed.topics()).isEqualTo(metadata.topics());
        assertThat(changed.brokers().find(2).rack()).isEqualTo(metadata.brokers().find(2).rack());
        assertThat(brokers.named("127.0.0.1", 2).host()).isEqualTo("second");
    }

    private static MetadataResponseBroker broker(int id, String host) {
        return new MetadataResponseBroker().setNodeId(id).setHost(host).setPort(9092);
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void brokers_of_a_cluster_are_where_the_detour_begins(short version) {
        var cluster = new DescribeClusterResponseData().setClusterId("a cluster");
        cluster.brokers()
                .add(new DescribeClusterBroker().setBrokerId(1).setHost("first").setPort(9092));

        var changed =
                (DescribeClusterResponseData) changed(ApiKeys.DESCRIBE_CLUSTER, version, cluster);

        assertThat(changed.brokers().find(1).host()).isEqualTo("127.0.0.1");
        assertThat(changed.brokers().find(1).port()).isEqualTo(1);
        assertThat(changed.clusterId()).isEqualTo("a cluster");
    }

    @ParameterizedTest
    @MethodSource("coordinators")
    void coordinators_are_where_the_detour_begins(short version) {
        var found = new FindCoordinatorResponseData();
        if (version < 4) {
            found.setHost("first").setPort(9092);
        } else {
            found.setCoordinators(
                    List.of(
                            new Coordinator().setKey("a").setHost("first").setPort(9092),
                            new Coordinator().setKey("b").setErrorCode((short) 15).setPort(-1)));
        }

        var changed =
                (FindCoordinatorResponseData) changed(ApiKeys.FIND_COORDINATOR, version, found);

        if (version < 4) {
            assertThat(changed.host()).isEqualTo("127.0.0.1");
            assertThat(changed.port()).isOne();
        } else {
            assertThat(changed.coordinators().getFirst().host()).isEqualTo("127.0.0.1");
            assertThat(changed.coordinators().getFirst().port()).isOne();
            assertThat(changed.coordinators().getLast()).isEqualTo(found.coordinators().getLast());
        }
    }

    @Test
    void a_broker_that_is_blocked_is_nowhere_and_not_forgotten() {
        var metadata = new MetadataResponseData();
        metadata.brokers().add(broker(1, "blocked"));

        var changed = (MetadataResponseData) changed(ApiKeys.METADATA, (short) 9, metadata);

        MetadataResponseBroker told = changed.brokers().find(1);
        assertThat(told.host()).endsWith(".invalid");
        assertThat(brokers.named(told.host(), told.port()).host()).isEqualTo("blocked");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void messages_come_and_go_in_versions_without_addresses(short version) {
        var known = new ApiVersionsResponseData();
        known.apiKeys().add(new ApiVersion().setApiKey(ApiKeys.FETCH.id).setMaxVersion((short) 99));
        known.apiKeys()
                .add(new ApiVersion().setApiKey(ApiKeys.PRODUCE.id).setMaxVersion((short) 99));
        known.apiKeys()
                .add(new ApiVersion().setApiKey(ApiKeys.METADATA.id).setMaxVersion((short) 99));

        var changed = (ApiVersionsResponseData) changed(ApiKeys.API_VERSIONS, version, known);

        assertThat(changed.apiKeys().find(ApiKeys.FETCH.id).maxVersion())
                .isEqualTo(Addresses.FETCH_MAX);
        assertThat(changed.apiKeys().find(ApiKeys.PRODUCE.id).maxVersion())
                .isEqualTo(Addresses.PRODUCE_MAX);
        assertThat(changed.apiKeys().find(ApiKeys.METADATA.id).maxVersion()).isEqualTo((short) 99);
    }

    /** It comes in the oldest version, whatever was asked for. */
    @Test
    void a_refusal_of_a_version_stays_as_it_is() {
        var refusal = new ApiVersionsResponseData().setErrorCode((short) 35);
        ByteBuffer answer = answer(ApiKeys.API_VERSIONS, (short) 0, refusal);

        assertThat(addresses.changed(ApiKeys.API_VERSIONS, (short) 4, answer)).isEqualTo(answer);
    }

    /**
     * Those that are not looked into are of apis that the clients of a connection do not use, or
     * about hosts of users. A version of the library that brings more must be thought about.
     */
    @Test
    void no_other_answer_names_brokers() {
        Set<String> naming = new TreeSet<>();
        for (ApiKeys api : ApiKeys.clientApis()) {
            Schema[] schemas = api.messageType.responseSchemas();
            for (short version : api.allVersions()) {
                boolean spared =
                        api == ApiKeys.FETCH && version > Addresses.FETCH_MAX
                                || api == ApiKeys.PRODUCE && version > Addresses.PRODUCE_MAX;
                if (!spared && !Addresses.areIn(api.id) && namesHost(schemas[version])) {
                    naming.add(api.name());
                }
            }
        }
        assertThat(naming)
                .containsExactly(
                        "DELETE_ACLS",
                        "DESCRIBE_ACLS",
                        "DESCRIBE_QUORUM",
                        "SHARE_ACKNOWLEDGE",
                        "SHARE_FETCH",
                        "STREAMS_GROUP_DESCRIBE",
                        "STREAMS_GROUP_HEARTBEAT");
    }

    private static boolean namesHost(Schema schema) {
        return schema != null
                && Arrays.stream(schema.fields())
                        .map(bound -> bound.def)
                        .anyMatch(AddressesTest::isHost);
    }

    private static boolean isHost(Field field) {
        return field.name.equals("host") || holdsHost(field.type);
    }

    private static boolean holdsHost(Type type) {
        return switch (type) {
            case Schema schema -> namesHost(schema);
            case TaggedFields tagged ->
                    tagged.fields().values().stream().anyMatch(AddressesTest::isHost);
            default -> type.arrayElementType().filter(AddressesTest::holdsHost).isPresent();
        };
    }

    private ApiMessage changed(ApiKeys api, short version, ApiMessage message) {
        ByteBuffer answer = addresses.changed(api, version, answer(api, version, message));

        ResponseHeader header = ResponseHeader.parse(answer, api.responseHeaderVersion(version));
        assertThat(header.correlationId()).isEqualTo(7);
        ApiMessage read = api.messageType.newResponse();
        read.read(new ByteBufferAccessor(answer), version);
        assertThat(answer.hasRemaining()).isFalse();
        return read;
    }

    static ByteBuffer answer(ApiKeys api, short version, ApiMessage message) {
        ByteBuffer head =
                MessageUtil.toByteBufferAccessor(
                                new ResponseHeaderData().setCorrelationId(7),
                                api.responseHeaderVersion(version))
                        .buffer();
        ByteBuffer body = MessageUtil.toByteBufferAccessor(message, version).buffer();
        return ByteBuffer.allocate(head.remaining() + body.remaining()).put(head).put(body).flip();
    }
}
