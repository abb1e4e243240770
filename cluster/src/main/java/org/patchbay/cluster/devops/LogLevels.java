package org.patchbay.cluster.devops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** The levels of this process's loggers. */
public final class LogLevels {

    /** From the most to the least that is logged. */
    public static final List<String> NAMES =
            List.of("all", "trace", "debug", "info", "warn", "error", "off");

    private LogLevels() {}

    /** {@code [{level, logger}]}, in the order of their names, the root first. */
    static ArrayNode json(DevOpsCommand.RetrieveLoggerConfig wanted) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        Stream<Logger> loggers =
                wanted.loggers().isEmpty()
                        ? context().getLoggerList().stream()
                                .filter(logger -> logger.getLevel() != null)
                        : wanted.loggers().stream().map(LogLevels::logger);
        loggers.filter(logger -> wanted.disabled() || logger.getEffectiveLevel() != Level.OFF)
                .forEach(logger ->
                        json.addObject()
                                .put(
                                        "level",
                                        logger.getEffectiveLevel()
                                                .toString()
                                                .toLowerCase(Locale.ROOT))
                                .put("logger", logger.getName()));
        return json;
    }

    static void change(String logger, String level) {
        logger(logger).setLevel(Level.toLevel(level, null));
    }

    /** Any case of ROOT is the root. */
    private static Logger logger(String name) {
        return context()
                .getLogger(
                        name.equalsIgnoreCase(Logger.ROOT_LOGGER_NAME)
                                ? Logger.ROOT_LOGGER_NAME
                                : name);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
