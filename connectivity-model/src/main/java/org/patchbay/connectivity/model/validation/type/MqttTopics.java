package org.patchbay.connectivity.model.validation.type;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.patchbay.protocol.placeholder.Template;

/** The syntax of MQTT topics. */
public final class MqttTopics {

    /** {@code $share/GROUP/FILTER} subscribes to the filter, together with the group. */
    private static final Pattern SHARED = Pattern.compile("^\\$share/[^/]*/");

    static final int BYTES_MAX = 65_535;

    private MqttTopics() {}

    /** Whether one can subscribe to it. */
    static boolean isFilter(String text) {
        if (isTooLong(text)) {
            return false;
        }
        String[] levels = text.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            boolean hash = level.indexOf('#') >= 0;
            if (hash && (level.length() > 1 || i < levels.length - 1)) {
                return false;
            }
            if (level.indexOf('+') >= 0 && level.length() > 1) {
                return false;
            }
        }
        return text.indexOf('\0') < 0;
    }

    private static boolean isTooLong(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX;
    }

    /**
     * Whether one can publish to it. What a placeholder yields is checked when a message is
     * published.
     */
    static boolean isTopic(String template) {
        String text = Template.parse(template).with("x");
        return !isTooLong(text)
                && text.indexOf('+') < 0
                && text.indexOf('#') < 0
                && text.indexOf('\0') < 0;
    }

    /** Whether a subscription's filter matches a topic; a plain address matches itself alone. */
    public static boolean matches(String filter, String topic) {
        String[] levels = SHARED.matcher(filter).replaceFirst("").split("/", -1);
        String[] names = topic.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            if (levels[i].equals("#")) {
                return true;
            }
            if (i >= names.length || !levels[i].equals("+") && !levels[i].equals(names[i])) {
                return false;
            }
        }
        return levels.length == names.length;
    }
}
