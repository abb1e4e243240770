package org.patchbay.connectivity.model.validation.type;

import java.util.regex.Pattern;
import org.patchbay.protocol.placeholder.Template;

/** How the addresses of Kafka's targets are written. */
final class KafkaTopics {

    /** What a placeholder yields is checked when a message is published. */
    private static final Pattern TARGET =
            Pattern.compile("[a-zA-Z0-9._-]+(/.+|#(\\d{1,9}|x))?", Pattern.DOTALL);

    private KafkaTopics() {}

    /** {@code topic}, {@code topic/key} or {@code topic#partition}, each part with placeholders. */
    static boolean isTarget(String template) {
        return TARGET.matcher(Template.parse(template).with("x")).matches();
    }
}
