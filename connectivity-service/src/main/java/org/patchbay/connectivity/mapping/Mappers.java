package org.patchbay.connectivity.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.mapping.OwnMappers.Own;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.mapper.InvalidOption;
import org.patchbay.mapper.MapperOptions;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;

/** Makes the mappers that connections define, and says what is wrong with their definitions. */
public final class Mappers {

    /** Payload mapping of sources and targets that name none. */
    public static final List<String> NONE_NAMED = List.of("Ditto");

    private static final String BLOCKLIST = "content-type-blocklist";

    private final MappingConfig config;
    private final List<String> others;
    private final Engines engines;

    /**
     * The mappers of this node: those that are always there, and those of others.
     *
     * @throws IllegalArgumentException where one of others can't be used
     */
    public Mappers(MappingConfig config) {
        List<Own> own = OwnMappers.load(config.plugins());
        this.config = config;
        this.others = own.stream().map(it -> it.provider().engine() + " of " + it).toList();
        this.engines = Engines.with(own);
    }

    /** The mappers that others brought, and where they are from. */
    public List<String> others() {
        return others;
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
    public boolean blocking(Map<String, MappingDefinition> definitions, List<String> ids) {
        return ids.stream()
                .map(id -> definitions.containsKey(id) ? definitions.get(id).mappingEngine() : id)
                .map(engines::get)
                .anyMatch(engine -> engine != null && engine.blocking());
    }

    /** Checks all definitions and everything that refers to them, scripts included. */
    public Findings check(Connection connection) {
        Findings findings = new Findings();
        Map<String, MappingDefinition> definitions = connection.mappingDefinitions();
        definitions.forEach((id, definition) -> {
            // An unknown engine is an error only where a source or target uses it.
            if (engines.has(definition.mappingEngine())) {
                attempt(Finding.at("/mappingDefinitions", id), id, definition, findings);
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

    private void attempt(String at, String id, MappingDefinition definition, Findings findings) {
        try {
            mapper(id, definition);
        } catch (OptionException e) {
            findings.wrong(Finding.at(at + "/options", e.option()), e.problem());
        } catch (ScriptException e) {
            String script = e.position().script();
            boolean isOption = definition.options().has(script);
            findings.wrong(isOption ? Finding.at(at + "/options", script) : at, e.problem());
        } catch (ProblemException e) {
            findings.wrong(at, e.problem());
        }
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
            if (definition == null || !engines.has(definition.mappingEngine())) {
                findings.attempt(
                        at + "/payloadMapping/" + i, () -> mapper(id, definition(definitions, id)));
            }
        }
    }

    private MappingDefinition definition(Map<String, MappingDefinition> definitions, String id) {
        MappingDefinition definition = definitions.get(id);
        if (definition != null) {
            return definition;
        }
        if (!engines.has(id)) {
            throw MappingProblems.unknownMapper(id, engines.names()).asException();
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
        Engine engine = engines.get(definition.mappingEngine());
        if (engine == null) {
            throw MappingProblems.unknownEngine(id, definition.mappingEngine(), engines.names())
                    .asException();
        }
        MapperOptions options = new MapperOptions(definition.options());
        PayloadMapper mapper = make(engine, id, options);
        return new ConfiguredMapper(id, mapper, blocked(options, engine), definition, config);
    }

    private PayloadMapper make(Engine engine, String id, MapperOptions options) {
        try {
            return engine.make().mapper(id, options, config);
        } catch (InvalidOption e) {
            throw new OptionException(
                    e.option(),
                    MappingProblems.optionsInvalid(
                            id, String.valueOf(e.getMessage()), e.allowed()));
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            // A mapper of others that was not written for its options.
            throw MappingProblems.optionsInvalid(id, "It can't be made: " + e, null).asException();
        }
    }

    private static Set<String> blocked(MapperOptions options, Engine engine) {
        @Nullable String own = options.text(BLOCKLIST);
        return own == null
                ? engine.blocked()
                : Set.copyOf(Stream.of(own.split(",")).map(String::trim).toList());
    }

    /** An option is wrong, and it is known which. */
    private static final class OptionException extends ProblemException {
        private static final long serialVersionUID = 1L;

        private final String option;

        OptionException(String option, Problem problem) {
            super(problem);
            this.option = option;
        }

        String option() {
            return option;
        }
    }
}
