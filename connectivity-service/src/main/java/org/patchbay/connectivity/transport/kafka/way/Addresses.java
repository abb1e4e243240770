package org.patchbay.connectivity.transport.kafka.way;

import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.ResponseHeader;

/**
 * Puts into answers of brokers what the library is to be told of them.
 *
 * <p>Answers to who fetches or produces could name brokers too, since versions that spare a client
 * a further question when a partition has moved. As they are where the messages are, nobody wants
 * to look into each: the library is told that brokers do not know these versions yet.
 */
record Addresses(Brokers brokers) {

    /** The last versions without addresses. */
    static final short FETCH_MAX = 15;

    static final short PRODUCE_MAX = 9;

    /** Whether an answer is to be looked into. */
    static boolean areIn(short api) {
        return api == ApiKeys.API_VERSIONS.id
                || api == ApiKeys.METADATA.id
                || api == ApiKeys.FIND_COORDINATOR.id
                || api == ApiKeys.DESCRIBE_CLUSTER.id;
    }

    /**
     * The answer as the library is to get it.
     *
     * @param version of the request
     * @param answer with its header
     */
    ByteBuffer changed(ApiKeys api, short version, ByteBuffer answer) {
        ByteBuffer rest = answer.duplicate();
        short headerVersion = api.responseHeaderVersion(version);
        ResponseHeader header = ResponseHeader.parse(rest, headerVersion);
        if (api == ApiKeys.API_VERSIONS && rest.getShort(rest.position()) != 0) {
            // A refusal, and in another version than was asked for.
            return answer;
        }
        ApiMessage message = api.messageType.newResponse();
        message.read(new ByteBufferAccessor(rest), version);
        change(message);
        ByteBuffer head = MessageUtil.toByteBufferAccessor(header.data(), headerVersion).buffer();
        ByteBuffer body = MessageUtil.toByteBufferAccessor(message, version).buffer();
        return ByteBuffer.allocate(head.remaining() + body.remaining()).put(head).put(body).flip();
    }

    private void change(ApiMessage message) {
        switch (message) {
            case ApiVersionsResponseData versions -> {
                limit(versions, ApiKeys.FETCH, FETCH_MAX);
                limit(versions, ApiKeys.PRODUCE, PRODUCE_MAX);
            }
            case MetadataResponseData metadata ->
                    metadata.brokers()
                            .forEach(broker -> {
                                Brokers.Told told = brokers.tell(broker.host(), broker.port());
                                broker.setHost(told.host()).setPort(told.port());
                            });
            case DescribeClusterResponseData cluster ->
                    cluster.brokers()
                            .forEach(broker -> {
                                Brokers.Told told = brokers.tell(broker.host(), broker.port());
                                broker.setHost(told.host()).setPort(told.port());
                            });
            case FindCoordinatorResponseData found -> change(found);
            default -> throw new IllegalArgumentException("Not to be looked into: " + message);
        }
    }

    /** One of them in old versions, several in new ones; nobody where there was an error. */
    private void change(FindCoordinatorResponseData found) {
        if (!found.host().isEmpty()) {
            Brokers.Told told = brokers.tell(found.host(), found.port());
            found.setHost(told.host()).setPort(told.port());
        }
        found.coordinators()
                .forEach(one -> {
                    if (!one.host().isEmpty()) {
                        Brokers.Told told = brokers.tell(one.host(), one.port());
                        one.setHost(told.host()).setPort(told.port());
                    }
                });
    }

    private static void limit(ApiVersionsResponseData versions, ApiKeys api, short max) {
        ApiVersion known = versions.apiKeys().find(api.id);
        if (known != null && known.maxVersion() > max) {
            known.setMaxVersion(max);
        }
    }
}
