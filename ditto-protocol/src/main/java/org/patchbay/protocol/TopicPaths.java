package org.patchbay.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;

/** Topic paths as text. */
final class TopicPaths {

    private static final Map<String, Group> GROUPS = byWireName(Group.values(), Group::wireName);
    private static final Map<String, Channel> CHANNELS =
            byWireName(Channel.values(), Channel::wireName);
    private static final Map<String, Criterion> CRITERIA =
            byWireName(Criterion.values(), Criterion::wireName);

    private TopicPaths() {}

    static TopicPath parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 4) {
            throw invalid(text, "it has fewer than four segments");
        }
        Group group = constant(GROUPS, parts[2], text, "group");
        int next = 3;
        Channel channel = Channel.NONE;
        if (group == Group.THINGS) {
            channel = constant(CHANNELS, parts[next], text, "channel");
            next++;
            if (channel == Channel.NONE || next >= parts.length) {
                throw invalid(
                        text, "a thing's topic needs a channel (twin or live) and a criterion");
            }
        }
        Criterion criterion = constant(CRITERIA, parts[next], text, "criterion");
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
                    String.join("/", Arrays.copyOfRange(parts, from, parts.length));
            case COMMANDS, EVENTS, ERRORS, SEARCH -> parts[from];
        };
    }

    static String write(TopicPath topic) {
        StringBuilder out = new StringBuilder(96);
        out.append(topic.namespace()).append('/').append(topic.name());
        out.append('/').append(topic.group().wireName());
        if (topic.channel() != Channel.NONE) {
            out.append('/').append(topic.channel().wireName());
        }
        out.append('/').append(topic.criterion().wireName());
        if (topic.action() != null) {
            out.append('/').append(topic.action());
        }
        return out.toString();
    }

    private static <E extends Enum<E>> E constant(
            Map<String, E> constants, String text, String topic, String what) {
        E constant = constants.get(text);
        if (constant == null) {
            throw invalid(topic, "'" + Problems.excerpt(text) + "' is no " + what);
        }
        return constant;
    }

    private static <E extends Enum<E>> Map<String, E> byWireName(
            E[] constants, Function<E, String> wireName) {
        return Arrays.stream(constants).collect(Collectors.toUnmodifiableMap(wireName, it -> it));
    }

    private static ProblemException invalid(String topic, String why) {
        return Problems.topicPathInvalid(topic, why).asException();
    }
}
