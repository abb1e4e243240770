package org.patchbay.connectivity.model.validation.type;

import java.util.regex.Pattern;

/** The syntax of MQTT topics. */
final class MqttTopics {

    /** What a placeholder yields is checked when a message is published. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^}]*}}");

    private MqttTopics() {}

    /** Whether one can subscribe to it. */
    static boolean isFilter(String text) {
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

    /** Whether one can publish to it, once its placeholders are resolved. */
    static boolean isTopic(String template) {
        String text = PLACEHOLDER.matcher(template).replaceAll("x");
        return text.indexOf('+') < 0 && text.indexOf('#') < 0 && text.indexOf('\0') < 0;
    }
}
