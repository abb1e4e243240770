package org.patchbay.connectivity.model.validation.type;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.option.DeadLetterOptions;
import org.patchbay.connectivity.model.option.OptionValues;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.protocol.placeholder.Template;

/** What can be wrong with where a connection's dead letters go. */
final class DeadLetterChecks {

    private static final String ADDRESS = "/specificConfig/" + DeadLetterOptions.ADDRESS;
    private static final String QOS = "/specificConfig/" + DeadLetterOptions.QOS;

    private DeadLetterChecks() {}

    static void collect(Connection connection, Findings findings) {
        String address = DeadLetterOptions.address(connection);
        if (address != null) {
            checkAddress(connection, address, findings);
        }
        String qos = connection.specificConfig().get(DeadLetterOptions.QOS);
        if (qos != null) {
            checkQos(connection.type(), address, qos, findings);
        }
    }

    private static void checkAddress(Connection connection, String address, Findings findings) {
        if (address.isBlank()) {
            findings.wrong(
                    ADDRESS,
                    "The address is empty.",
                    "Name where to publish dead letters to, or leave the option out.");
            return;
        }
        Template template = Template.parse(address);
        template.fault()
                .ifPresent(fault -> findings.wrong(ADDRESS, fault.message(), placeholders()));
        template.references().stream()
                .filter(reference -> !DeadLetterOptions.knows(reference))
                .findFirst()
                .ifPresent(unknown ->
                        findings.wrong(
                                ADDRESS,
                                "The placeholder " + unknown + " can't stand here.",
                                placeholders()));
        TypeRules.Addresses allowed = addresses(connection.type());
        if (!allowed.allows().test(address)) {
            findings.wrong(ADDRESS, "'" + address + "' can't be published to.", allowed.advice());
        } else if (template.isConstant() && comesBack(connection, address)) {
            findings.wrong(
                    ADDRESS,
                    "A source of this connection consumes from '" + address + "'.",
                    "MQTT 3.1.1 has no headers to tell a dead letter by: choose another topic, or"
                            + " use mqtt-5.");
        }
    }

    /** Hono has no alias for dead letters; they go to a topic of its Kafka. */
    private static TypeRules.Addresses addresses(ConnectionType type) {
        return TypeRules.of(type == ConnectionType.HONO ? ConnectionType.KAFKA : type).target();
    }

    private static String placeholders() {
        return "Allowed are connection:id, source:address, target:address, header:NAME, time:now,"
                + " entity and thing with id, namespace and name, and dead-letter:reason,"
                + " dead-letter:stage, dead-letter:code.";
    }

    private static boolean comesBack(Connection connection, String topic) {
        return connection.type() == ConnectionType.MQTT
                && connection.sources().stream()
                        .flatMap(source -> source.addresses().stream())
                        .anyMatch(filter -> MqttTopics.matches(filter, topic));
    }

    private static void checkQos(
            ConnectionType type, @Nullable String address, String qos, Findings findings) {
        List<Integer> allowed = TypeRules.of(type).qos();
        Long value = OptionValues.wholeNumber(qos);
        if (allowed.isEmpty()) {
            findings.wrong(
                    QOS,
                    "Connections of type " + type.wireName() + " have no QoS.",
                    "Leave it out.");
        } else if (value == null || allowed.stream().noneMatch(one -> one == value.longValue())) {
            findings.wrong(
                    QOS,
                    "'" + qos + "' can't be the value of " + DeadLetterOptions.QOS + ".",
                    "Allowed: "
                            + allowed.stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        if (address == null) {
            findings.wrong(
                    QOS,
                    "There is a QoS of dead letters, but no address.",
                    "Name one in " + DeadLetterOptions.ADDRESS + ", or leave the QoS out.");
        }
    }
}
