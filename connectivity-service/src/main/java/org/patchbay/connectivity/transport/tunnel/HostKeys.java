package org.patchbay.connectivity.transport.tunnel;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.credentials.Fingerprint;

/**
 * Whether a server is the one that is meant, by the fingerprints that are known of it.
 *
 * <p>A server has keys of several families and shows the one that both sides prefer, which need not
 * be the one whose fingerprint is known. So a server that shows an unknown key is asked for one of
 * another family, as long as it has one.
 */
final class HostKeys {

    private enum Family {
        ED25519,
        ECDSA,
        RSA;

        /** Empty for certificates and security keys, of which no fingerprint is known. */
        static Optional<Family> of(String algorithm) {
            if (algorithm.contains("-cert-") || algorithm.startsWith("sk-")) {
                return Optional.empty();
            }
            return Arrays.stream(values())
                    .filter(family ->
                            switch (family) {
                                case ED25519 -> algorithm.startsWith("ssh-ed25519");
                                case ECDSA -> algorithm.startsWith("ecdsa-");
                                case RSA ->
                                        algorithm.startsWith("rsa-")
                                                || algorithm.startsWith("ssh-rsa");
                            })
                    .findFirst();
        }

        static Set<Family> in(String algorithms) {
            return Arrays.stream(algorithms.split(",", -1))
                    .map(Family::of)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Family.class)));
        }
    }

    private final boolean validate;
    private final List<Fingerprint> known;
    private final Set<Family> refused = EnumSet.noneOf(Family.class);
    private final SequencedSet<String> shown = new LinkedHashSet<>();
    private Set<Family> offered = EnumSet.noneOf(Family.class);
    private boolean accepted;

    HostKeys(SshTunnel tunnel) {
        this.validate = tunnel.validateHost();
        this.known =
                tunnel.knownHosts().stream()
                        .map(Fingerprint::read)
                        .flatMap(Optional::stream)
                        .toList();
    }

    /** Asks for keys of the families that were not refused yet. */
    synchronized void propose(Map<KexProposalOption, String> proposal) {
        proposal.computeIfPresent(
                KexProposalOption.SERVERKEYS,
                (_, algorithms) ->
                        Arrays.stream(algorithms.split(",", -1))
                                .filter(algorithm ->
                                        Family.of(algorithm)
                                                .filter(family -> !refused.contains(family))
                                                .isPresent())
                                .collect(Collectors.joining(",")));
    }

    /** Takes note of what the server has. */
    synchronized void offered(Map<KexProposalOption, String> proposal) {
        offered = Family.in(proposal.getOrDefault(KexProposalOption.SERVERKEYS, ""));
    }

    synchronized boolean accept(PublicKey key) {
        byte[] bytes = bytes(key);
        String type = String.valueOf(KeyUtils.getKeyType(key));
        accepted = !validate || known.stream().anyMatch(one -> one.matches(bytes));
        shown.addLast(type + " " + Fingerprint.of("SHA256", bytes));
        if (!accepted) {
            refused.addAll(Family.in(type));
        }
        return accepted;
    }

    private static byte[] bytes(PublicKey key) {
        ByteArrayBuffer buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return buffer.getCompactData();
    }

    /** Whether all keys that were shown are unknown. */
    synchronized boolean refused() {
        return !accepted && !refused.isEmpty();
    }

    /** Whether the server has further ones. */
    synchronized boolean hasOthers() {
        return !refused.containsAll(offered);
    }

    /** The keys that were shown, the last one last. */
    synchronized List<String> shown() {
        return List.copyOf(shown);
    }
}
