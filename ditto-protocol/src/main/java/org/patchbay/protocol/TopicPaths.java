package org.patchbay.protocol;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;

/** Topic paths as text. */
final class TopicPaths {

    private TopicPaths() {}

    static TopicPath parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 4) {
            throw invalid(text, "it has fewer than four segments");
        }
        Group group = constant(Group.class, parts[2], text);
        int next = 3;
        Channel channel = Channel.NONE;
        if (group == Group.THINGS) {
            channel = constant(Channel.class, parts[next], text);
            next++;
            if (channel == Channel.NONE || next >= parts.length) {
                throw invalid(
                        text, "a thing's topic needs a channel (twin or live) and a criterion");
            }
        }
        Criterion criterion = constant(Criterion.class, parts[next], text);
        next++;
        return new TopicPath(
                parts[0], parts[1], group, channel, criterion, action(criterion, parts, next));
    }

    private static @Nullable String action(Criterion criterion, String[] parts, int from) {
        if (from >= parts.length || parts[from].isEmpty()) {
            return null;
        }
        return switch (criterion) {
            case MESSAGES, ACKS, ANNOUNCEMENTS, STREAMING ->
                    String.join("/", java.util.Arrays.copyOfRange(parts, from, parts.length));
            case COMMANDS, EVENTS, ERRORS, SEARCH -> parts[from];
        };
    }

    static String write(TopicPath topic) {
        StringBuilder out = new StringBuilder(96);
        out.append(topic.namespace()).append('/').append(topic.name());
        out.append('/').append(lower(topic.group()));
        if (topic.channel() != Channel.NONE) {
            out.append('/').append(lower(topic.channel()));
        }
        out.append('/').append(lower(topic.criterion()));
        if (topic.action() != null) {
            out.append('/').append(topic.action());
        }
        return out.toString();
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text, String topic) {
        for (E constant : type.getEnumConstants()) {
            if (lower(constant).equals(text)) {
                return constant;
            }
        }
        throw invalid(
                topic, "'" + text + "' is no " + type.getSimpleName().toLowerCase(Locale.ROOT));
    }

    private static ProblemException invalid(String topic, String why) {
        return Problems.topicPathInvalid(topic, why).asException();
    }
}
