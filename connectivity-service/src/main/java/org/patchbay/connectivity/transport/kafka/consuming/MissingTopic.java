package org.patchbay.connectivity.transport.kafka.consuming;

import org.apache.kafka.common.KafkaException;

/** There is no such topic, and the broker does not make it. */
public final class MissingTopic extends KafkaException {

    private static final long serialVersionUID = 1;

    private final String topic;

    MissingTopic(String topic) {
        super("There is no topic " + topic);
        this.topic = topic;
    }

    public String topic() {
        return topic;
    }
}
