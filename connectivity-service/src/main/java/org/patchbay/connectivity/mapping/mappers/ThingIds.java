package org.patchbay.connectivity.mapping.mappers;

import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.mapping.MappingProblems;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.placeholder.Template;

/** Ids of things as options of mappers give them, and topics of signals about them. */
public final class ThingIds {

    private ThingIds() {}

    /**
     * An id, or a template of one.
     *
     * @throws org.patchbay.protocol.ProblemException where it is plainly no id
     */
    static Template template(String mapper, String text) {
        Template template = Template.parse(text);
        if (template.isConstant() && !EntityId.isValid(text)) {
            throw MappingProblems.optionsInvalid(
                            mapper,
                            "'" + text + "' is no thing id.",
                            "A thing id is namespace:name, for example org.example:device-1.")
                    .asException();
        }
        return template;
    }

    /** The topic of a command to a twin. */
    static TopicPath command(String thingId, String action) {
        return topic(thingId, Channel.TWIN, Criterion.COMMANDS, action);
    }

    public static TopicPath topic(
            String thingId, Channel channel, Criterion criterion, @Nullable String action) {
        String name = thingId.substring(thingId.indexOf(':') + 1);
        String namespace = EntityId.namespaceOf(thingId);
        return new TopicPath(namespace, name, Group.THINGS, channel, criterion, action);
    }
}
