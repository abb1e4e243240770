package org.patchbay.mapper;

import java.util.Set;

/**
 * Brings a mapper to Patchbay: found by {@link java.util.ServiceLoader}, so a jar names its
 * providers in {@code META-INF/services/org.patchbay.mapper.MapperProvider}. It has a public
 * constructor without parameters.
 *
 * <p>{@code docs/mapping.md} says how a jar gets to Patchbay; {@code examples/custom-mapper} is
 * one.
 */
public interface MapperProvider {

    /**
     * What connections call it, as {@code mappingEngine} of a definition or, where it needs no
     * options, directly in {@code payloadMapping}. Patchbay does not start where this is the name
     * of another one.
     */
    String engine();

    /**
     * A new mapper. Called when a connection is created or changed, to find out whether its options
     * are right, and for each source and target that uses it.
     *
     * @throws InvalidOption which is answered to whoever configures the connection
     */
    PayloadMapper mapper(MapperOptions options);

    /**
     * Content types whose messages never reach the mapper, where a definition's option {@code
     * content-type-blocklist} says nothing else.
     */
    default Set<String> contentTypesNotMapped() {
        return Set.of();
    }
}
