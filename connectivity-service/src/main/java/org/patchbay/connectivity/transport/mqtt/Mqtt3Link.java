package org.patchbay.connectivity.transport.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.PublishResult;

/** A link that speaks MQTT 3.1.1. */
final class Mqtt3Link implements MqttLink {

    private final LinkSetup setup;
    private final Mqtt3AsyncClient client;
    private final Hold hold = new Hold();

    Mqtt3Link(LinkSetup setup, Listener listener) {
        this.setup = setup;
        client = setup.builder(listener).useMqttVersion3().buildAsync();
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
                        Mqtt3Connect.builder()
                                .cleanSession(options.cleanSession())
                                .keepAlive((int) options.keepAlive().toSeconds())
                                .simpleAuth(auth())
                                .willPublish(will(options))
                                .build()));
    }

    /** The protocol knows no maximum but the number of message ids. */
    @Override
    public int sendMaximum() {
        return 65_535;
    }

    @Override
    public CompletableFuture<?> subscribe(List<String> filters, MqttQos qos) {
        List<Mqtt3Subscription> subscriptions =
                filters.stream()
                        .map(one -> Mqtt3Subscription.builder().topicFilter(one).qos(qos).build())
                        .toList();
        return client.subscribe(
                Mqtt3Subscribe.builder().addSubscriptions(subscriptions.stream()).build());
    }

    @Override
    public CompletableFuture<?> unsubscribe(List<String> filters) {
        return client.unsubscribe(
                Mqtt3Unsubscribe.builder()
                        .addTopicFilters(filters.stream().map(MqttTopicFilter::of))
                        .build());
    }

    @Override
    public CompletableFuture<PublishResult> publish(Publication publication) {
        Mqtt3Publish message =
                Mqtt3Publish.builder()
                        .topic(publication.topic())
                        .qos(publication.qos())
                        .retain(publication.retain())
                        .payload(publication.payload())
                        .build();
        return client.publish(message)
                .thenApply(published -> PublishResult.OK)
                .exceptionally(MqttFailures::publishing);
    }

    @Override
    public CompletableFuture<?> disconnect() {
        return hold.end(client, client::disconnect);
    }

    private @Nullable Mqtt3SimpleAuth auth() {
        if (setup.username() == null) {
            return null;
        }
        var auth = Mqtt3SimpleAuth.builder().username(setup.username());
        return setup.password() == null
                ? auth.build()
                : auth.password(MqttHeaders.bytes(setup.password().reveal())).build();
    }

    private static @Nullable Mqtt3Publish will(MqttOptions options) {
        MqttOptions.LastWill will = options.lastWill();
        return will == null
                ? null
                : Mqtt3Publish.builder()
                        .topic(will.topic())
                        .qos(Objects.requireNonNull(MqttQos.fromCode(will.qos())))
                        .retain(will.retain())
                        .payload(MqttHeaders.bytes(will.message()))
                        .build();
    }

    private static Arrival arrival(Mqtt3Publish message) {
        return new Arrival(
                message.getTopic(),
                message.getQos(),
                MqttHeaders.of(message),
                message.getPayload().orElseGet(() -> ByteBuffer.allocate(0)),
                message::acknowledge);
    }
}
