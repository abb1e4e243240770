package org.patchbay.connectivity.model.validation.endpoint;

import java.util.List;
import java.util.regex.Pattern;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.Diverting;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.option.OptionValues;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.validation.type.TypeRules;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.placeholder.Condition;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.Template;

/** What can be wrong with a source. */
public final class SourceChecks {

    private static final Pattern CONNECTION_ID = Pattern.compile("[a-zA-Z0-9\\-_:]{1,100}");

    private SourceChecks() {}

    public static void collect(
            Connection connection, int index, int mappersMax, int consumersMax, Findings findings) {
        Source source = connection.sources().get(index);
        String at = "/sources/" + index;
        checkAddresses(connection, source, at, findings);
        EndpointChecks.subjects(source.authorizationContext(), at, findings);
        EndpointChecks.qos(connection.type(), source.qos(), at, findings);
        EndpointChecks.mapperCount(source.payloadMapping(), mappersMax, at, findings);
        EndpointChecks.within(
                at + "/consumerCount", source.consumerCount(), consumersMax, findings);
        if (connection.type() == ConnectionType.MQTT && source.consumerCount() > 1) {
            findings.wrong(
                    at + "/consumerCount",
                    "MQTT 3.1.1 does not share subscriptions between consumers.",
                    "Set it to 1, or use mqtt-5.");
        }
        if (source.enforcement() != null) {
            checkEnforcement(source.enforcement(), at + "/enforcement", findings);
        }
        EndpointChecks.headers(
                connection.type(), source.headerMapping(), at + "/headerMapping", findings);
        checkDiversion(source, at + "/headerMapping/", findings);
        checkAcknowledgements(connection, source, at, findings);
        checkReplyTarget(connection.type(), source.replyTarget(), at + "/replyTarget", findings);
    }

    private static void checkAddresses(
            Connection connection, Source source, String at, Findings findings) {
        if (source.addresses().isEmpty()) {
            findings.wrong(
                    at + "/addresses",
                    "A source needs an address to consume from.",
                    "Name at least one.");
        }
        TypeRules.Addresses allowed = TypeRules.of(connection.type()).source();
        for (int i = 0; i < source.addresses().size(); i++) {
            String address = source.addresses().get(i);
            String pointer = at + "/addresses/" + i;
            if (address.isEmpty()) {
                findings.wrong(pointer, "The address is empty.", "Name what to consume from.");
            } else if (!allowed.allows().test(address)) {
                findings.wrong(
                        pointer, "'" + address + "' can't be consumed from.", allowed.advice());
            }
        }
    }

    private static void checkEnforcement(
            Source.Enforcement enforcement, String at, Findings findings) {
        Template.parse(enforcement.input())
                .fault(Scope.ENFORCEMENT_INPUT)
                .ifPresent(fault ->
                        findings.wrong(
                                at + "/input",
                                fault.message(),
                                "Allowed: source:address and header:NAME."));
        for (int i = 0; i < enforcement.filters().size(); i++) {
            String pointer = at + "/filters/" + i;
            Template.parse(enforcement.filters().get(i))
                    .fault(Scope.ENFORCEMENT_FILTER)
                    .ifPresent(fault ->
                            findings.wrong(
                                    pointer,
                                    fault.message(),
                                    "Allowed: id, namespace and name of entity, thing and"
                                            + " policy."));
        }
    }

    private static void checkAcknowledgements(
            Connection connection, Source source, String at, Findings findings) {
        List<String> declared = source.declaredAcks();
        for (int i = 0; i < declared.size(); i++) {
            AckLabels.own(connection.id(), declared.get(i), at + "/declaredAcks/" + i, findings);
        }
        Source.AcknowledgementRequests requests = source.acknowledgementRequests();
        List<String> requested = requests == null ? List.of() : requests.includes();
        for (int i = 0; i < requested.size(); i++) {
            String pointer = at + "/acknowledgementRequests/includes/" + i;
            AckLabels.any(connection.id(), requested.get(i), pointer, findings);
        }
        if (requests != null && requests.filter() != null) {
            checkFilter(requests.filter(), at + "/acknowledgementRequests/filter", findings);
        }
    }

    /** A wrong one would refuse each message. */
    private static void checkFilter(String filter, String pointer, Findings findings) {
        Condition.parse(filter)
                .fault()
                .ifPresent(fault ->
                        findings.wrong(
                                pointer,
                                fault.message(),
                                "Allowed: an expression such as fn:filter(header:qos,'ne','0')."));
    }

    /** What diverts responses; what a placeholder yields is looked at message by message. */
    private static void checkDiversion(Source source, String at, Findings findings) {
        String receiver = source.headerMapping().get(HeaderDefinition.DIVERT_TO);
        if (receiver != null
                && Template.parse(receiver).isConstant()
                && !CONNECTION_ID.matcher(receiver.strip()).matches()) {
            findings.wrong(
                    at + HeaderDefinition.DIVERT_TO,
                    "'" + receiver + "' can't be a connection's id.",
                    "Name the connection that gets the responses.");
        }
        String types = source.headerMapping().get(HeaderDefinition.DIVERT_TYPES);
        if (types != null
                && Template.parse(types).isConstant()
                && !Diverting.RESPONSE_TYPES.containsAll(OptionValues.list(types))) {
            findings.wrong(
                    at + HeaderDefinition.DIVERT_TYPES,
                    "'" + types + "' names no types of responses.",
                    "Allowed, with commas for several: response, error, nack.");
        }
    }

    private static void checkReplyTarget(
            ConnectionType type, Source.ReplyTarget replyTarget, String at, Findings findings) {
        EndpointChecks.headers(type, replyTarget.headerMapping(), at + "/headerMapping", findings);
        List<String> types = replyTarget.expectedResponseTypes();
        for (int i = 0; i < types.size(); i++) {
            if (!Diverting.RESPONSE_TYPES.contains(types.get(i))) {
                findings.wrong(
                        at + "/expectedResponseTypes/" + i,
                        "'" + types.get(i) + "' is no type of response.",
                        "Allowed: response, error, nack.");
            }
        }
    }
}
