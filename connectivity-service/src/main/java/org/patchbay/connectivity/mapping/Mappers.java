package org.patchbay.connectivity.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.mapping.javascript.JavaScriptMapper;
import org.patchbay.connectivity.mapping.mappers.CloudEventsMapper;
import org.patchbay.connectivity.mapping.mappers.ConnectionStatusMapper;
import org.patchbay.connectivity.mapping.mappers.DittoMapper;
import org.patchbay.connectivity.mapping.mappers.ImplicitThingCreationMapper;
import org.patchbay.connectivity.mapping.mappers.NormalizedMapper;
import org.patchbay.connectivity.mapping.mappers.RawMessageMapper;
import org.patchbay.connectivity.mapping.mappers.UpdateTwinWithLiveResponseMapper;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.ProblemException;

/** Which engine maps payloads how: the one place where all mappers are known. */
public final class Mappers {

    /** Payload mapping of sources and targets that name none. */
    public static final List<String> NONE_NAMED = List.of("Ditto");

    /** Content types that a Hono gateway sends without a payload worth mapping. */
    private static final Set<String> WITHOUT_PAYLOAD =
            Set.of(
                    "application/vnd.eclipse-hono-dc-notification+json",
                    "application/vnd.eclipse-hono-empty-notification");

    /**
     * An engine: a definition of this kind becomes a mapper.
     *
     * @param blocked content types it maps not, where the options don't say
     * @param blocking whether it may take its time
     */
    private record Engine(Make make, Set<String> blocked, boolean blocking) {
        interface Make {
            PayloadMapper mapper(String id, ObjectNode options, MappingConfig config);
        }
    }

    /**
     * Every engine under the name that definitions use, which is also the id of a mapper without
     * options.
     */
    private static final Map<String, Engine> ENGINES =
            new TreeMap<>(
                    Map.of(
                            "Ditto", quick((_, _) -> new DittoMapper(), WITHOUT_PAYLOAD),
                            "JavaScript", new Engine(JavaScriptMapper::of, Set.of(), true),
                            "Normalized", quick(NormalizedMapper::of, Set.of()),
                            "ConnectionStatus", quick(ConnectionStatusMapper::of, Set.of()),
                            "RawMessage",
                                    quick((_, it) -> RawMessageMapper.of(it), WITHOUT_PAYLOAD),
                            "ImplicitThingCreation",
                                    quick(ImplicitThingCreationMapper::of, Set.of()),
                            "UpdateTwinWithLiveResponse",
                                    quick(
                                            (_, it) -> UpdateTwinWithLiveResponseMapper.of(it),
                                            Set.of()),
                            "CloudEvents",
                                    quick((_, _) -> new CloudEventsMapper(), WITHOUT_PAYLOAD)));

    private static Engine quick(
            BiFunction<String, ObjectNode, PayloadMapper> make, Set<String> blocked) {
        return new Engine((id, options, _) -> make.apply(id, options), blocked, false);
    }

    private final MappingConfig config;

    public Mappers(MappingConfig config) {
        this.config = config;
    }

    /**
     * New mappers of a source or target, in order; each is for one thread at a time.
     *
     * @param ids its payload mapping; none means {@link #NONE_NAMED}
     * @throws ProblemException where an id or a definition is wrong
     */
    public List<PayloadMapper> compile(
            Map<String, MappingDefinition> definitions, List<String> ids) {
        return (ids.isEmpty() ? NONE_NAMED : ids)
                .stream()
                        .<PayloadMapper>map(id -> mapper(id, definition(definitions, id)))
                        .toList();
    }

    /** Whether one of these mappers may take its time, as scripts do. */
    public static boolean blocking(Map<String, MappingDefinition> definitions, List<String> ids) {
        return ids.stream()
                .map(id -> definitions.containsKey(id) ? definitions.get(id).mappingEngine() : id)
                .map(ENGINES::get)
                .anyMatch(engine -> engine != null && engine.blocking());
    }

    /** Checks all definitions and everything that refers to them, scripts included. */
    public Findings check(Connection connection) {
        Findings findings = new Findings();
        Map<String, MappingDefinition> definitions = connection.mappingDefinitions();
        definitions.forEach((id, definition) -> {
            // An unknown engine is an error only where a source or target uses it.
            if (ENGINES.containsKey(definition.mappingEngine())) {
                findings.attempt(
                        Finding.at("/mappingDefinitions", id), () -> mapper(id, definition));
            }
        });
        for (int i = 0; i < connection.sources().size(); i++) {
            Source source = connection.sources().get(i);
            check(definitions, source.payloadMapping(), "/sources/" + i, findings);
        }
        for (int i = 0; i < connection.targets().size(); i++) {
            Target target = connection.targets().get(i);
            check(definitions, target.payloadMapping(), "/targets/" + i, findings);
        }
        return findings;
    }

    /** What was looked at as a definition is not looked at once more. */
    private void check(
            Map<String, MappingDefinition> definitions,
            List<String> ids,
            String at,
            Findings findings) {
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            MappingDefinition definition = definitions.get(id);
            if (definition == null || !ENGINES.containsKey(definition.mappingEngine())) {
                findings.attempt(
                        at + "/payloadMapping/" + i, () -> mapper(id, definition(definitions, id)));
            }
        }
    }

    private static MappingDefinition definition(
            Map<String, MappingDefinition> definitions, String id) {
        MappingDefinition definition = definitions.get(id);
        if (definition != null) {
            return definition;
        }
        if (!ENGINES.containsKey(id)) {
            throw MappingProblems.unknownMapper(id, ENGINES.keySet()).asException();
        }
        return new MappingDefinition(id, JsonNodeFactory.instance.objectNode(), Map.of(), Map.of());
    }

    /**
     * A new mapper by itself.
     *
     * @param id what it is called in errors
     * @throws ProblemException where the definition is wrong
     */
    public ConfiguredMapper mapper(String id, MappingDefinition definition) {
        Engine engine = ENGINES.get(definition.mappingEngine());
        if (engine == null) {
            throw MappingProblems.unknownEngine(id, definition.mappingEngine(), ENGINES.keySet())
                    .asException();
        }
        PayloadMapper mapper = engine.make().mapper(id, definition.options(), config);
        return new ConfiguredMapper(id, mapper, blocked(definition, engine), definition, config);
    }

    private static Set<String> blocked(MappingDefinition definition, Engine engine) {
        @Nullable String own = Options.text(definition.options(), "content-type-blocklist");
        return own == null
                ? engine.blocked()
                : Set.copyOf(Stream.of(own.split(",")).map(String::trim).toList());
    }
}
