package org.patchbay.connectivity.path.outbound;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Set;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.Signal;

/** The acknowledgements that targets issue, as signals. */
public final class IssuedAcks {

    private IssuedAcks() {}

    /** An acknowledgement that says what came of publishing. */
    public static Signal strong(Signal signal, String label, PublishResult result) {
        return Acknowledgement.of(signal, label, result.status(), result.headers(), result.value());
    }

    /** Those of the labels that are known, as the value of the header. */
    public static String labels(Set<String> labels, Set<String> known) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        labels.stream().filter(known::contains).forEach(array::add);
        return array.toString();
    }
}
