package org.patchbay.connectivity.transport.endpoint;

import java.io.EOFException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;

/** Which check of a TLS handshake failed, in words. */
public final class TlsFailures {

    /** How the JDK reports what the other side answered. */
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    /** The check of all failures that tell no other. */
    public static final String HANDSHAKE = "handshake";

    private TlsFailures() {}

    /**
     * The failure that a throwable means, null where it is not about TLS.
     *
     * @param identified whether the connection has a client certificate to show
     */
    public static @Nullable Failure of(Endpoint endpoint, boolean identified, Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        for (Throwable cause : chain) {
            if (cause instanceof CertificateException) {
                return ofCertificate(endpoint, chain);
            }
        }
        for (Throwable cause : chain) {
            if (cause instanceof SSLException) {
                return ofHandshake(endpoint, identified, chain, cause);
            }
        }
        return null;
    }

    /** The other side wants a certificate, or wants another one. */
    public static Failure ofClientCertificate(
            Endpoint endpoint, boolean identified, @Nullable Throwable cause) {
        return identified
                ? failure(
                        "client-certificate-refused",
                        endpoint + " refuses the client certificate",
                        cause)
                : failure(
                        "client-certificate-missing",
                        endpoint + " wants a client certificate, and the connection has none",
                        cause);
    }

    private static Failure ofCertificate(Endpoint endpoint, List<Throwable> chain) {
        Throwable thrown = chain.getFirst();
        String root = message(chain.getLast());
        for (Throwable cause : chain) {
            CertPathValidatorException.Reason reason = reason(cause);
            if (cause instanceof CertificateExpiredException || reason == BasicReason.EXPIRED) {
                return failure("expired", certificateOf(endpoint) + "expired: " + root, thrown);
            }
            if (cause instanceof CertificateNotYetValidException
                    || reason == BasicReason.NOT_YET_VALID) {
                return failure(
                        "not-yet-valid",
                        certificateOf(endpoint) + "is not valid yet: " + root,
                        thrown);
            }
            if (cause instanceof CertificateRevokedException || reason == BasicReason.REVOKED) {
                return failure("revoked", certificateOf(endpoint) + "was revoked: " + root, thrown);
            }
        }
        if (chain.stream().anyMatch(TlsFailures::isAboutTrust)) {
            return failure(
                    "unknown-ca",
                    certificateOf(endpoint) + "is issued by nobody who is trusted: " + root,
                    thrown);
        }
        // What is left once the chain is trusted.
        return root.startsWith("No subject alternative") || root.startsWith("No name matching")
                ? failure(
                        "wrong-host",
                        certificateOf(endpoint) + "is for another host: " + root,
                        thrown)
                : failure("certificate", certificateOf(endpoint) + "is refused: " + root, thrown);
    }

    private static boolean isAboutTrust(Throwable cause) {
        return cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException;
    }

    private static CertPathValidatorException.@Nullable Reason reason(Throwable cause) {
        return cause instanceof CertPathValidatorException invalid ? invalid.getReason() : null;
    }

    private static Failure ofHandshake(
            Endpoint endpoint, boolean identified, List<Throwable> chain, Throwable tls) {
        String message = message(tls);
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return ofAlert(endpoint, identified, alert.group(1), tls);
        }
        // The JDK's sockets and Netty's handler each have words of their own for this.
        if (message.contains("Unsupported or unrecognized SSL message")
                || message.contains("not an SSL/TLS record")) {
            return failure("no-tls", endpoint + " does not speak TLS", tls);
        }
        boolean ended =
                chain.getLast() instanceof EOFException
                        || message.contains("Remote host terminated");
        return ended
                ? Failure.bySystem(
                                "No secure connection: " + endpoint + " ended the handshake.", tls)
                        .in(Layer.TLS, HANDSHAKE)
                : failure(HANDSHAKE, endpoint + ": " + message, tls);
    }

    private static Failure ofAlert(
            Endpoint endpoint, boolean identified, String alert, Throwable tls) {
        return switch (alert) {
            case "certificate_required",
                    "bad_certificate",
                    "unsupported_certificate",
                    "certificate_revoked",
                    "certificate_expired",
                    "certificate_unknown",
                    "unknown_ca",
                    "access_denied" ->
                    ofClientCertificate(endpoint, identified, tls);
            case "protocol_version" ->
                    failure(
                            "protocol-version",
                            endpoint + " speaks no version of TLS that is allowed here",
                            tls);
            case "unrecognized_name" ->
                    failure("wrong-host", endpoint + " knows no host of that name", tls);
            // With TLS 1.2 a server says no more than this about a client certificate.
            case "handshake_failure" ->
                    failure(
                            HANDSHAKE,
                            endpoint
                                    + " refused the handshake: "
                                    + (identified
                                            ? "it may not accept the client certificate,"
                                            : "it may want a client certificate, and the"
                                                    + " connection has none,")
                                    + " or it allows none of the ciphers that are allowed here",
                            tls);
            default ->
                    failure(
                            HANDSHAKE,
                            endpoint + " refused the handshake: " + alert.replace('_', ' '),
                            tls);
        };
    }

    private static String certificateOf(Endpoint endpoint) {
        return "the certificate of " + endpoint + " ";
    }

    private static Failure failure(String check, String why, @Nullable Throwable cause) {
        return Failure.byUser("No secure connection: " + why + ".", cause).in(Layer.TLS, check);
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }

    /** A throwable and its causes, the root last; each once, should they go in a circle. */
    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable at = thrown; at != null && !chain.contains(at); at = at.getCause()) {
            chain.add(at);
        }
        return chain;
    }
}
