package org.patchbay.connectivity.model.validation.endpoint;

import java.util.Arrays;
import java.util.Optional;
import org.patchbay.connectivity.model.Target.Topic;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.protocol.SignalKind;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.placeholder.Reference;
import org.patchbay.protocol.placeholder.Template;
import org.patchbay.protocol.rql.Rql;
import org.patchbay.protocol.rql.RqlFields;

/** What can be wrong with the parameters of a topic. Those of announcements mean nothing. */
final class TopicChecks {

    private static final Reference FEATURE_ID = new Reference("feature", "id");

    private TopicChecks() {}

    static void collect(Topic topic, String pointer, Findings findings) {
        if (topic.kind() == SignalKind.POLICY_ANNOUNCEMENTS
                || topic.kind() == SignalKind.CONNECTION_ANNOUNCEMENTS) {
            return;
        }
        String filter = topic.filter();
        if (filter != null) {
            findings.attempt(pointer, () -> Rql.parse(filter, RqlFields.SIGNAL));
        }
        String extraFields = topic.extraFields();
        if (extraFields != null) {
            checkExtraFields(extraFields, pointer, findings);
        }
    }

    private static void checkExtraFields(String text, String pointer, Findings findings) {
        Template template = Template.parse(text);
        Optional<Reference> unknown =
                template.references().stream()
                        .filter(reference -> !reference.equals(FEATURE_ID))
                        .findFirst();
        if (unknown.isPresent()) {
            findings.add(
                    new Finding(
                            ConnectionProblems.PLACEHOLDER_UNRESOLVED,
                            pointer,
                            "The placeholder " + unknown.get() + " can't stand in extraFields.",
                            "Allowed: feature:id."));
            return;
        }
        String constant = template.with("id");
        boolean nested = constant.indexOf('(') >= 0 || constant.indexOf(')') >= 0;
        boolean gap = Arrays.stream(constant.split(",", -1)).anyMatch(String::isBlank);
        if (!gap && findings.attempt(pointer, () -> FieldSelector.parse(constant)) == null) {
            return;
        }
        if (nested || gap) {
            findings.add(
                    new Finding(
                            ConnectionProblems.EXTRA_FIELDS_INVALID,
                            pointer,
                            "The extraFields '" + text + "' can't be read.",
                            "Name fields by their paths, separated by commas, without"
                                    + " parentheses: attributes/a,attributes/b."));
        }
    }
}
