package org.patchbay.connectivity.path.acknowledgement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Target;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.patchbay.protocol.placeholder.Template;

/**
 * The labels under which a connection issues acknowledgements, whether it may at present, and what
 * becomes of an acknowledgement that is too large. Safe to be asked by streams while the client
 * declares.
 */
public final class OwnAcks {

    /** An answer to a live message may come from a target; it is nobody's own label. */
    public static final String LIVE_RESPONSE = "live-response";

    private static final int TOO_LARGE = 413;

    private final Set<String> declared;
    private final Set<String> all;
    private final int issuedMaxBytes;
    private volatile @Nullable Problem refusal;

    private OwnAcks(Set<String> declared, Set<String> all, int issuedMaxBytes) {
        this.declared = Set.copyOf(declared);
        this.all = Set.copyOf(all);
        this.issuedMaxBytes = issuedMaxBytes;
    }

    public static OwnAcks of(Connection connection, AckSettings settings) {
        Set<String> declared =
                connection.sources().stream()
                        .flatMap(source -> source.declaredAcks().stream())
                        .map(label -> resolve(label, connection.id()))
                        .collect(Collectors.toSet());
        Set<String> all = new HashSet<>(declared);
        for (Target target : connection.targets()) {
            String label = target.issuedAcknowledgementLabel();
            if (label != null) {
                all.add(resolve(label, connection.id()));
            }
        }
        all.remove(LIVE_RESPONSE);
        return new OwnAcks(declared, all, settings.issuedMaxBytes());
    }

    /** A label may name its connection by a placeholder. */
    public static String resolve(String label, String connectionId) {
        return Template.parse(label)
                .resolve(
                        SignalPlaceholders.inbound(
                                Scope.TARGET, null, Headers.EMPTY, Surroundings.of(connectionId)))
                .text()
                .orElse(label);
    }

    /** Labels of acknowledgements that come in through sources. */
    public Set<String> declared() {
        return declared;
    }

    /** Those, and the ones that targets issue. */
    public Set<String> all() {
        return all;
    }

    /** The labels belong to somebody else at present. */
    public void refused(Problem problem) {
        refusal = problem;
    }

    /** The labels are this connection's. */
    public void granted() {
        refusal = null;
    }

    /** Why no acknowledgement is issued at present; empty where they are. */
    public Optional<Problem> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Whether this is a label of the connection, and not somebody else's at present. */
    public boolean mayIssue(String label) {
        return label.equals(LIVE_RESPONSE) || refusal == null && all.contains(label);
    }

    /** Whether sources of the connection may bring it, and it is nobody else's at present. */
    public boolean mayComeIn(String label) {
        return declared.contains(label) && refusal == null;
    }

    /** Why an acknowledgement can't come in through a source; empty where it can. */
    public Optional<Problem> refusalFromOutside(String label) {
        return declared.contains(label) ? refusal() : Optional.of(Problems.labelNotDeclared(label));
    }

    /** Whether the payload of an acknowledgement is larger than one may be. */
    public boolean isTooLarge(@Nullable JsonNode payload) {
        if (payload == null) {
            return false;
        }
        // Most are short texts or null: no need to write them just to see that.
        boolean surelySmall =
                payload.isTextual()
                        ? payload.textValue().length() * 6L + 2 <= issuedMaxBytes
                        : payload.isValueNode() && issuedMaxBytes > 1_000 && !payload.isBinary();
        return !surelySmall && Json.writeBytes(payload).length > issuedMaxBytes;
    }

    /** The acknowledgement with a note in place of its payload; its status stays. */
    public Signal withoutPayload(Signal acknowledgement) {
        Problem left =
                Problem.of(
                                TOO_LARGE,
                                "acknowledgement:payload.too.large",
                                "The payload of this acknowledgement was left out: it is larger than "
                                        + issuedMaxBytes
                                        + " bytes.")
                        .describedBy("The status is the one that the acknowledgement came with.");
        return acknowledgement
                .with(
                        acknowledgement
                                .headers()
                                .with(HeaderDefinition.CONTENT_TYPE, "application/json"))
                .withValue(left.toJson());
    }
}
