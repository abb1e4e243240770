package org.patchbay.connectivity.path;

import java.util.List;
import org.patchbay.connectivity.mapping.Mappers;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.mapper.PayloadMapper;

/** Makes the mappers that sources and targets name. */
public interface Mappings {

    /**
     * New mappers.
     *
     * @param names as in {@code payloadMapping}; empty for Ditto Protocol as it is
     */
    List<PayloadMapper> mappers(Connection connection, List<String> names);

    static Mappings of(Mappers mappers) {
        return new Mappings() {
            @Override
            public List<PayloadMapper> mappers(Connection connection, List<String> names) {
                return mappers.compile(connection.mappingDefinitions(), names);
            }

            @Override
            public boolean blocking(Connection connection, List<String> names) {
                return mappers.blocking(connection.mappingDefinitions(), names);
            }
        };
    }

    /** Whether one of them may take its time, as scripts do. */
    boolean blocking(Connection connection, List<String> names);
}
