package org.patchbay.connectivity.transport.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.PublishResult;

/** A link that speaks MQTT 5. */
final class Mqtt5Link implements MqttLink {

    private final LinkSetup setup;
    private final Mqtt5AsyncClient client;
    private final Hold hold = new Hold();

    Mqtt5Link(LinkSetup setup, Listener listener) {
        this.setup = setup;
        client = setup.builder(listener).useMqttVersion5().buildAsync();
        // Before connecting: what the broker kept comes at once, before any subscription.
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                message -> listener.received(arrival(message)),
                Runnable::run,
                true);
    }

    @Override
    public CompletableFuture<?> connect() {
        MqttOptions options = setup.options();
        return hold.connect(() ->
                client.connect(
                        Mqtt5Connect.builder()
                                .cleanStart(options.cleanSession())
                                .sessionExpiryInterval(
                                        options.cleanSession()
                                                ? 0
                                                : options.sessionExpiry().toSeconds())
                                .keepAlive((int) options.keepAlive().toSeconds())
                                .restrictions()
                                .receiveMaximum(options.receiveMaximum())
                                .applyRestrictions()
                                .simpleAuth(auth())
                                .willPublish(will(options))
                                .build()));
    }

    @Override
    public int sendMaximum() {
        return client.getConfig()
                .getConnectionConfig()
                .map(made -> made.getRestrictionsForClient().getSendMaximum())
                .orElse(1);
    }

    @Override
    public CompletableFuture<?> subscribe(List<String> filters, MqttQos qos) {
        List<Mqtt5Subscription> subscriptions =
                filters.stream()
                        .map(one -> Mqtt5Subscription.builder().topicFilter(one).qos(qos).build())
                        .toList();
        return client.subscribe(
                Mqtt5Subscribe.builder().addSubscriptions(subscriptions.stream()).build());
    }

    @Override
    public CompletableFuture<?> unsubscribe(List<String> filters) {
        return client.unsubscribe(
                Mqtt5Unsubscribe.builder()
                        .addTopicFilters(filters.stream().map(MqttTopicFilter::of))
                        .build());
    }

    @Override
    public CompletableFuture<PublishResult> publish(Publication publication) {
        PublishResult refusal = Restrictions.of(client).refusal(publication);
        return refusal == null ? send(publication) : CompletableFuture.completedFuture(refusal);
    }

    private CompletableFuture<PublishResult> send(Publication publication) {
        var message =
                Mqtt5Publish.builder()
                        .topic(publication.topic())
                        .qos(publication.qos())
                        .retain(publication.retain())
                        .payload(publication.payload())
                        .contentType(publication.contentType())
                        .responseTopic(publication.responseTopic())
                        .correlationData(publication.correlationData())
                        .userProperties(Mqtt5UserProperties.of(publication.userProperties()));
        if (publication.expirySeconds() != null) {
            message = message.messageExpiryInterval(publication.expirySeconds());
        }
        return client.publish(message.build())
                .thenApply(published -> PublishResult.OK)
                .exceptionally(MqttFailures::publishing);
    }

    @Override
    public CompletableFuture<?> disconnect() {
        return hold.end(client, client::disconnect);
    }

    private @Nullable Mqtt5SimpleAuth auth() {
        if (setup.username() == null) {
            return null;
        }
        var auth = Mqtt5SimpleAuth.builder().username(setup.username());
        return setup.password() == null
                ? auth.build()
                : auth.password(MqttHeaders.bytes(setup.password().reveal())).build();
    }

    private static @Nullable Mqtt5Publish will(MqttOptions options) {
        MqttOptions.LastWill will = options.lastWill();
        return will == null
                ? null
                : Mqtt5Publish.builder()
                        .topic(will.topic())
                        .qos(Objects.requireNonNull(MqttQos.fromCode(will.qos())))
                        .retain(will.retain())
                        .payload(MqttHeaders.bytes(will.message()))
                        .build();
    }

    private static Arrival arrival(Mqtt5Publish message) {
        return new Arrival(
                message.getTopic(),
                message.getQos(),
                MqttHeaders.of(message),
                message.getPayload().orElseGet(() -> ByteBuffer.allocate(0)),
                message::acknowledge);
    }
}
