package org.patchbay.connectivity.model.validation.endpoint;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.validation.type.TypeRules;
import org.patchbay.protocol.placeholder.Reference;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.Template;

/** What can be wrong with a target. */
public final class TargetChecks {

    private static final String EXPIRY = "mqtt.message-expiry-interval";

    /**
     * Of these a message's own MQTT properties can't be made where there are no user properties.
     */
    private static final Set<String> REFUSED_IN_MQTT_HEADERS = Set.of("thing", "topic");

    private TargetChecks() {}

    public static void collect(
            Connection connection, int index, int mappersMax, Findings findings) {
        Target target = connection.targets().get(index);
        String at = "/targets/" + index;
        checkAddress(connection.type(), target.address(), at + "/address", findings);
        for (int i = 0; i < target.topics().size(); i++) {
            TopicChecks.collect(target.topics().get(i), at + "/topics/" + i, findings);
        }
        EndpointChecks.subjects(target.authorizationContext(), at, findings);
        EndpointChecks.qos(connection.type(), target.qos(), at, findings);
        EndpointChecks.mapperCount(target.payloadMapping(), mappersMax, at, findings);
        EndpointChecks.headers(
                connection.type(), target.headerMapping(), at + "/headerMapping", findings);
        if (connection.type() == ConnectionType.MQTT) {
            checkMqttHeaders(target, at + "/headerMapping", findings);
        }
        checkLabel(connection.id(), target.issuedAcknowledgementLabel(), at, findings);
    }

    private static void checkAddress(
            ConnectionType type, String address, String pointer, Findings findings) {
        if (address.isEmpty()) {
            findings.wrong(pointer, "The address is empty.", "Name where to publish to.");
            return;
        }
        Template.parse(address)
                .fault(Scope.TARGET)
                .ifPresent(fault -> findings.wrong(pointer, fault.message(), addressAdvice()));
        TypeRules.Addresses allowed = TypeRules.of(type).target();
        if (!allowed.allows().test(address)) {
            findings.wrong(pointer, "'" + address + "' can't be published to.", allowed.advice());
        }
    }

    private static String addressAdvice() {
        return "Allowed are the placeholders of entity, thing, feature, topic, resource, header,"
                + " connection, request, time and thing-json.";
    }

    private static void checkMqttHeaders(Target target, String at, Findings findings) {
        target.headerMapping()
                .forEach((name, value) -> {
                    if (name.equals(EXPIRY)) {
                        findings.wrong(
                                Finding.at(at, name),
                                "MQTT 3.1.1 messages do not expire.",
                                "Leave it out, or use mqtt-5.");
                    } else if (name.startsWith("mqtt.")) {
                        checkMqttHeader(Finding.at(at, name), value, findings);
                    }
                });
    }

    private static void checkMqttHeader(String pointer, String value, Findings findings) {
        Template.parse(value).references().stream()
                .map(Reference::family)
                .filter(REFUSED_IN_MQTT_HEADERS::contains)
                .findFirst()
                .ifPresent(family ->
                        findings.wrong(
                                pointer,
                                "Placeholders of " + family + " can't stand here.",
                                "Allowed: header:NAME."));
    }

    private static void checkLabel(
            String id, @Nullable String label, String at, Findings findings) {
        if (label != null && !label.equals(AckLabels.LIVE_RESPONSE)) {
            AckLabels.own(id, label, at + "/issuedAcknowledgementLabel", findings);
        }
    }
}
