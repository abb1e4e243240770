package org.patchbay.connectivity.mapping;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.patchbay.connectivity.plugin.Plugins;

/**
 * What bounds mappings.
 *
 * @param signalsMax that one mapper may make of one inbound message
 * @param messagesMax that one mapper may make of one outbound signal
 * @param plugins a folder of jars with mappers of others, blank for none
 */
public record MappingConfig(
        int signalsMax, int messagesMax, String plugins, ScriptLimits javascript) {

    private static final String PATH = "ditto.connectivity.mapping";
    private static final String OURS = "patchbay.connectivity.mapping";
    private static final String MODULES = PATH + ".javascript.commonJsModulePath";

    /**
     * What scripts may take and use.
     *
     * @param sizeMaxBytes of a script's text
     * @param stackDepthMax of script functions that call each other
     * @param allocationMaxBytes of memory that a call may use up, garbage included
     * @param globalsMaxBytes of memory that its variables may hold from call to call
     * @param modules a folder of modules that scripts may load, blank for none
     */
    public record ScriptLimits(
            int sizeMaxBytes,
            Duration timeMax,
            int stackDepthMax,
            long allocationMaxBytes,
            long globalsMaxBytes,
            String modules) {

        public ScriptLimits {
            positive(PATH + ".javascript.maxScriptSizeBytes", sizeMaxBytes);
            positive(PATH + ".javascript.maxScriptExecutionTime", timeMax.toMillis());
            positive(PATH + ".javascript.maxScriptStackDepth", stackDepthMax);
            positive(OURS + ".javascript.allocation-max", allocationMaxBytes);
            positive(OURS + ".javascript.globals-max", globalsMaxBytes);
            if (!modules.isBlank() && !Files.isDirectory(Path.of(modules))) {
                throw new IllegalArgumentException(
                        MODULES + " is '" + modules + "', which is no folder.");
            }
        }

        /** The longest text that a script may build, in characters. */
        public int textLengthMax() {
            return (int) Math.min(allocationMaxBytes / 64, 1 << 26);
        }

        /**
         * The largest payload that is handed to a script, and the most that it may return, in
         * bytes: it may take several times as much.
         */
        public long payloadMaxBytes() {
            return allocationMaxBytes / 16;
        }

        /** The longest list that a function of the language may work on. */
        public int elementsMax() {
            return textLengthMax();
        }
    }

    public MappingConfig {
        positive(PATH + ".mapper-limits.max-mapped-inbound-messages", signalsMax);
        positive(PATH + ".mapper-limits.max-mapped-outbound-messages", messagesMax);
    }

    public static MappingConfig of(Config root) {
        Config javascript = root.getConfig(PATH + ".javascript");
        Config mappers = root.getConfig(PATH + ".mapper-limits");
        // Read by the dispatcher that the scripts run on.
        positive(PATH + ".max-pool-size", root.getInt(PATH + ".max-pool-size"));
        return new MappingConfig(
                mappers.getInt("max-mapped-inbound-messages"),
                mappers.getInt("max-mapped-outbound-messages"),
                Plugins.folder(root),
                new ScriptLimits(
                        javascript.getInt("maxScriptSizeBytes"),
                        javascript.getDuration("maxScriptExecutionTime"),
                        javascript.getInt("maxScriptStackDepth"),
                        root.getBytes(OURS + ".javascript.allocation-max"),
                        root.getBytes(OURS + ".javascript.globals-max"),
                        root.getString(MODULES)));
    }

    private static void positive(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be 1 or more, not " + value);
        }
    }
}
