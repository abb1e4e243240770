package org.patchbay.connectivity.connection.rules;

import java.time.Instant;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Stored;

/**
 * What the store knows of a connection.
 *
 * <pre>
 *   Absent ──created──► Closed ◄──closed── Open
 *                         │ └────opened────► │     created and modified lead to the one or the
 *                         └──deleted─┬───────┘     other, as the wanted status says
 *                                    ▼
 *                                 Deleted ──created──► Closed or Open; the revision goes on counting
 * </pre>
 */
public sealed interface ConnectionState {

    long revision();

    /** Never created. */
    record Absent() implements ConnectionState {
        @Override
        public long revision() {
            return 0;
        }
    }

    /** Exists and has no clients; also where the wanted status is unknown. */
    record Closed(Connection connection, long revision, Instant created, Instant modified)
            implements Existing {}

    /** Exists and has clients, which connect or try to. */
    record Open(Connection connection, long revision, Instant created, Instant modified)
            implements Existing {}

    record Deleted(long revision, Instant at) implements ConnectionState {}

    /** Closed or open. */
    sealed interface Existing extends ConnectionState {
        Connection connection();

        Instant created();

        Instant modified();

        default Stored stored() {
            return new Stored(connection(), revision(), created(), modified(), false);
        }
    }
}
