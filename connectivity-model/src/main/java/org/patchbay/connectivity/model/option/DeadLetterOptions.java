package org.patchbay.connectivity.model.option;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.protocol.placeholder.Reference;
import org.patchbay.protocol.placeholder.Scope;

/** The options of any type of connection that say where its dead letters go. */
public final class DeadLetterOptions {

    /** Where to publish them, with placeholders; without it there are none. */
    public static final String ADDRESS = "dead-letter-address";

    /** With which QoS, where the type has such. */
    public static final String QOS = "dead-letter-qos";

    /** The placeholders of what happened: {@code dead-letter:reason} and so on. */
    public static final String FAMILY = "dead-letter";

    private static final int QOS_UNLESS_SAID = 1;
    private static final Set<String> NAMES = Set.of("reason", "stage", "code");
    private static final Set<String> FAMILIES =
            Set.of("connection", "header", "source", "time", "entity", "thing");

    private DeadLetterOptions() {}

    public static boolean areWanted(Connection connection) {
        return address(connection) != null;
    }

    public static @Nullable String address(Connection connection) {
        return connection.specificConfig().get(ADDRESS);
    }

    /** Of a connection that was checked. */
    public static int qos(Connection connection) {
        Long qos = OptionValues.wholeNumber(connection.specificConfig().getOrDefault(QOS, ""));
        return qos == null ? QOS_UNLESS_SAID : qos.intValue();
    }

    /** Whether a placeholder may stand in the address. */
    public static boolean knows(Reference reference) {
        return switch (reference.family()) {
            case FAMILY -> NAMES.contains(reference.name());
            case "target" -> reference.name().equals("address");
            default -> FAMILIES.contains(reference.family()) && Scope.MAPPING.knows(reference);
        };
    }
}
