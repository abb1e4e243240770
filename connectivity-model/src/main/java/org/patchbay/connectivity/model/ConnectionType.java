package org.patchbay.connectivity.model;

import org.jspecify.annotations.Nullable;

/** The kinds of endpoints; the names are those in a connection's JSON. */
public enum ConnectionType {
    AMQP_091("amqp-091"),
    AMQP_10("amqp-10"),
    MQTT("mqtt"),
    MQTT_5("mqtt-5"),
    KAFKA("kafka"),
    HONO("hono"),
    HTTP_PUSH("http-push");

    private final String wireName;

    ConnectionType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The type of this name, or null where there is none. */
    public static @Nullable ConnectionType ofWireName(String name) {
        for (ConnectionType type : values()) {
            if (type.wireName.equals(name)) {
                return type;
            }
        }
        return null;
    }

    public boolean isMqtt() {
        return this == MQTT || this == MQTT_5;
    }
}
