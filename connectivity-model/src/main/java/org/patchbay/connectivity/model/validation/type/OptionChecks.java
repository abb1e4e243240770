package org.patchbay.connectivity.model.validation.type;

import java.util.regex.Pattern;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.option.OptionKind;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;

/** What can be wrong with the options of a connection. */
public final class OptionChecks {

    private static final String AT = "/specificConfig";
    private static final Pattern TOPIC_PART = Pattern.compile("[a-zA-Z0-9._-]+");

    private OptionChecks() {}

    public static void collect(Connection connection, Findings findings) {
        connection
                .specificConfig()
                .forEach((name, value) -> {
                    OptionKind kind = OptionTable.of(connection.type(), name);
                    if (!kind.allows().test(value)) {
                        findings.wrong(
                                Finding.at(AT, name),
                                "'" + value + "' can't be the value of " + name + ".",
                                "Allowed: " + kind.allowed() + ".");
                    }
                });
        DeadLetterChecks.collect(connection, findings);
        KafkaChecks.collect(connection, findings);
        if (connection.type() == ConnectionType.HONO) {
            checkTenant(connection, findings);
        }
    }

    /** Without a tenant the id becomes part of the names of topics, where a colon can't stand. */
    private static void checkTenant(Connection connection, Findings findings) {
        if (!connection.specificConfig().containsKey(OptionTable.TENANT)
                && !TOPIC_PART.matcher(connection.id()).matches()) {
            findings.wrong(
                    AT + "/" + OptionTable.TENANT,
                    "No tenant is named, and the connection's id can't stand for one.",
                    "Name Hono's tenant, or give the connection an id of letters, digits, hyphens"
                            + " and underscores.");
        }
    }
}
