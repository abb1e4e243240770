package org.patchbay.connectivity.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A mapper by its engine, with options and the conditions under which it maps. */
public record MappingDefinition(
        String mappingEngine,
        ObjectNode options,
        Map<String, String> incomingConditions,
        Map<String, String> outgoingConditions) {}
