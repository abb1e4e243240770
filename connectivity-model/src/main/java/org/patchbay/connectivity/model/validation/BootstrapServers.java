package org.patchbay.connectivity.model.validation;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;

/** Kafka's {@code bootstrapServers}: {@code host:port,host:port}. */
final class BootstrapServers {

    static final String POINTER = "/specificConfig/bootstrapServers";

    private static final Pattern SERVER =
            Pattern.compile("(?:[a-zA-Z]+://)?(?<host>[^:/\\s]+|\\[[^]]+]):\\d{1,5}");

    private BootstrapServers() {}

    static void check(Connection connection, Findings findings) {
        for (String server : texts(connection)) {
            if (!SERVER.matcher(server).matches()) {
                findings.wrong(
                        POINTER,
                        "'" + server + "' names no server.",
                        "Allowed: HOST:PORT, several separated by commas.");
            }
        }
    }

    static List<String> hosts(Connection connection) {
        return texts(connection).stream()
                .map(SERVER::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group("host"))
                .toList();
    }

    private static List<String> texts(Connection connection) {
        String text = connection.specificConfig().get("bootstrapServers");
        return text == null || connection.type() != ConnectionType.KAFKA
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
