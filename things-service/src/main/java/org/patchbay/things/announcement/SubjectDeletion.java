package org.patchbay.things.announcement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/**
 * A subject as far as its deletion is to be announced. The same subject in several entries is one.
 *
 * @param subject as it stands in the policy: type, expiry, announcement
 */
record SubjectDeletion(String subjectId, JsonNode subject) {

    private static final String NAME = "subjectDeletion";
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|)");
    private static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(10);

    private JsonNode announcement() {
        return subject.path("announcement");
    }

    boolean whenDeleted() {
        return announcement().path("whenDeleted").asBoolean(false);
    }

    Optional<Instant> expiry() {
        JsonNode expiry = subject.get("expiry");
        return expiry == null ? Optional.empty() : Optional.of(Instant.parse(expiry.asText()));
    }

    /** When to announce the expiry in advance, if that is wanted. */
    Optional<Instant> dueBeforeExpiry(Duration granularity) {
        Duration before = duration(announcement().get("beforeExpiry"));
        if (before == null) {
            return Optional.empty();
        }
        long step = Math.max(1, granularity.toMillis());
        long millis = Math.ceilDiv(before.toMillis(), step) * step;
        return expiry().map(at -> at.minusMillis(millis));
    }

    /** The labels of the acknowledgements that end the repetition. */
    Set<String> labels() {
        Set<String> labels = new LinkedHashSet<>();
        announcement().path("requestedAcks").path("labels").forEach(it -> labels.add(it.asText()));
        return labels;
    }

    /** How long one attempt waits for them. */
    Duration timeout(Duration most) {
        Duration given = duration(announcement().path("requestedAcks").get("timeout"));
        Duration timeout = given == null ? TIMEOUT_DEFAULT : given;
        return timeout.compareTo(most) > 0 ? most : timeout;
    }

    /** The announcement as it is published. */
    Signal signal(String policyId, Instant deleteAt) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("deleteAt", deleteAt.toString());
        value.putArray("subjectIds").add(subjectId);
        var labels = JsonNodeFactory.instance.arrayNode();
        labels().forEach(labels::add);
        String namespace = EntityId.namespaceOf(policyId);
        TopicPath topic =
                new TopicPath(
                        namespace,
                        policyId.substring(namespace.length() + 1),
                        Group.POLICIES,
                        Channel.NONE,
                        Criterion.ANNOUNCEMENTS,
                        NAME);
        Headers headers =
                Headers.of(
                        Map.of(
                                HeaderDefinition.REQUESTED_ACKS, labels.toString(),
                                HeaderDefinition.CONTENT_TYPE, "application/json",
                                HeaderDefinition.CORRELATION_ID, UUID.randomUUID().toString()));
        return Signal.command(topic, JsonPointer.ROOT, headers, value);
    }

    /** Only the subject itself gets to see it. */
    PolicyView readers() {
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        ObjectNode entry = policy.putObject("entries").putObject("subject");
        entry.putObject("subjects").putObject(subjectId);
        entry.putObject("resources").putObject("policy:/").putArray("grant").add("READ");
        return PolicyView.of(policy);
    }

    private static @Nullable Duration duration(@Nullable JsonNode text) {
        Matcher matcher = DURATION.matcher(text == null ? "none" : text.asText());
        if (!matcher.matches()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
