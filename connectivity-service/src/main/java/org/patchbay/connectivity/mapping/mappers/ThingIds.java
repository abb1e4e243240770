package org.patchbay.connectivity.mapping.mappers;

import org.jspecify.annotations.Nullable;
import org.patchbay.mapper.InvalidOption;
import org.patchbay.mapper.MapperOptions;
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
     * An option that is an id, or a template of one.
     *
     * @throws InvalidOption where it is plainly no id
     */
    static Template template(MapperOptions options, String name) {
        return checked(options.template(name, ""), name);
    }

    /** The same for a template that stands deeper within an option. */
    static Template checked(Template template, String option) {
        if (template.isConstant() && !EntityId.isValid(template.toString())) {
            throw new InvalidOption(
                    option,
                    "'" + template + "' is no thing id.",
                    "A thing id is namespace:name, for example org.example:device-1.");
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
