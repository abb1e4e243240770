package org.patchbay.connectivity.mapping.mappers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.InvalidOption;
import org.patchbay.mapper.MapperOptions;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.Placeholders;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.Template;

/**
 * Creates the thing that a message belongs to, from a template: whoever connects for the first time
 * has a twin. One that exists stays as it is, and nobody is told.
 *
 * @param thing of which the id is resolved first, so that an error about the rest can name it
 */
public record ImplicitThingCreationMapper(
        JsonTemplate thingId, JsonTemplate thing, JsonTemplate headers, boolean allowLockout)
        implements PayloadMapper {

    private static final String THING = "thing";
    private static final String ID = "thingId";
    private static final ObjectNode DEFAULT_HEADERS =
            JsonNodeFactory.instance.objectNode().put("If-None-Match", "*");

    public static PayloadMapper of(MapperOptions options) {
        ObjectNode thing = options.object(THING);
        JsonNode id = thing == null ? null : thing.get(ID);
        if (thing == null || id == null || !id.isTextual()) {
            throw new InvalidOption(
                    THING,
                    "The option 'thing' is no object with a thingId.",
                    "Give the thing to create, such as {\"thingId\": \"{{ header:device_id"
                            + " }}\"}.");
        }
        ThingIds.checked(Template.parse(id.textValue()), THING);
        ObjectNode headers = options.object("commandHeaders");
        return new ImplicitThingCreationMapper(
                JsonTemplate.of(id),
                JsonTemplate.of(thing),
                JsonTemplate.of(headers == null ? DEFAULT_HEADERS : headers),
                !"false".equals(options.text("allowPolicyLockout")));
    }

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        Placeholders placeholders = message.placeholders(Scope.MAPPING);
        String id = thingId.resolve(placeholders).asText();
        try {
            Headers all =
                    Envelope.readHeaders(headers.resolve(placeholders))
                            .with(HeaderDefinition.RESPONSE_REQUIRED, "false")
                            .with(
                                    HeaderDefinition.ALLOW_POLICY_LOCKOUT,
                                    String.valueOf(allowLockout));
            return List.of(
                    Signal.command(
                            ThingIds.command(id, "create"),
                            JsonPointer.ROOT,
                            all,
                            thing.resolve(placeholders)));
        } catch (ProblemException e) {
            throw new ProblemException(
                    e.problem(), Headers.of(Map.of(HeaderDefinition.ENTITY_ID, "thing:" + id)));
        }
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        return List.of();
    }
}
