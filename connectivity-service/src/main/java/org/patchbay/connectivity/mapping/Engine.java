package org.patchbay.connectivity.mapping;

import java.util.Set;
import java.util.function.Function;
import org.patchbay.mapper.MapperOptions;
import org.patchbay.mapper.MapperProvider;
import org.patchbay.mapper.PayloadMapper;

/**
 * A kind of mapper: a definition that names it becomes a mapper.
 *
 * @param blocked content types it maps not, where the options don't say
 * @param blocking whether it may take its time
 */
record Engine(Make make, Set<String> blocked, boolean blocking) {

    interface Make {
        /**
         * A new mapper.
         *
         * @param id what it is called in errors
         */
        PayloadMapper mapper(String id, MapperOptions options, MappingConfig config);
    }

    /** One that never waits for anything. */
    static Engine quick(Function<MapperOptions, PayloadMapper> make, Set<String> blocked) {
        return new Engine((_, options, _) -> make.apply(options), blocked, false);
    }

    /** One that others wrote: nobody knows how long it takes. */
    static Engine of(MapperProvider provider) {
        return new Engine(
                (_, options, _) -> provider.mapper(options),
                Set.copyOf(provider.contentTypesNotMapped()),
                true);
    }
}
