package org.patchbay.protocol.placeholder;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a template stands, which decides the families of placeholders it may use. */
public enum Scope {
    /** Header mapping of a source: the headers are the broker's. */
    SOURCE_HEADERS(
            Family.ENTITY,
            Family.THING,
            Family.FEATURE,
            Family.TOPIC,
            Family.RESOURCE,
            Family.HEADER,
            Family.CONNECTION,
            Family.REQUEST,
            Family.TIME),

    /** Address and header mapping of a target or reply target: the headers are the signal's. */
    TARGET(
            Family.ENTITY,
            Family.THING,
            Family.FEATURE,
            Family.TOPIC,
            Family.RESOURCE,
            Family.HEADER,
            Family.CONNECTION,
            Family.REQUEST,
            Family.TIME,
            Family.THING_JSON),

    /** What an enforcement compares: something of the broker's message. */
    ENFORCEMENT_INPUT(Family.SOURCE, Family.HEADER),

    /** What the input of an enforcement must be equal to. */
    ENFORCEMENT_FILTER(Family.ENTITY, Family.THING, Family.POLICY),

    /** What a command brings to a thing or a policy. */
    ENTITY(Family.REQUEST, Family.TIME),

    /** Options of mappers and conditions of mapping definitions. */
    MAPPING(Family.values());

    private final Set<Family> families;

    Scope(Family... families) {
        this.families = EnumSet.noneOf(Family.class);
        this.families.addAll(Set.of(families));
    }

    /** Whether the placeholder exists in this scope. */
    public boolean knows(Reference reference) {
        return family(reference) != null;
    }

    /** The family of a placeholder that exists here. */
    @Nullable Family family(Reference reference) {
        Family family = reference.known();
        return family != null && families.contains(family) && family.has(reference) ? family : null;
    }
}
