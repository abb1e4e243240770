package org.patchbay.connectivity.model.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.model.Target.Topic;

/** Reads a connection; the defaults stand here. */
final class ConnectionReader {

    private static final String REPLY_ADDRESS = "{{header:reply-to}}";
    private static final List<String> REPLY_TYPES = List.of("response", "error");

    /** The mapping of the form before {@code mappingDefinitions} gets this name. */
    private static final String LEGACY_MAPPING = "javascript";

    private static final String TYPES =
            Arrays.stream(ConnectionType.values())
                    .map(ConnectionType::wireName)
                    .collect(Collectors.joining(", "));

    private ConnectionReader() {}

    /**
     * Reads a connection.
     *
     * @param statusIfMissing null where the status is required
     */
    static Connection read(Fields fields, String id, @Nullable ConnectionStatus statusIfMissing) {
        ConnectionType type =
                fields.oneOf(
                        "connectionType", ConnectionType::ofWireName, ConnectionType.MQTT, TYPES);
        MappingDefinition legacy = legacyMapping(fields);
        List<String> mappingIfNone = legacy == null ? List.of() : List.of(LEGACY_MAPPING);
        Fields tunnel = fields.object("sshTunnel");
        Fields credentials = fields.object("credentials");
        return new Connection(
                id,
                fields.textOrNull("name"),
                type,
                status(fields, statusIfMissing),
                type == ConnectionType.HONO
                        ? ConnectionUri.unread(fields.textOr("uri", ""))
                        : uri(fields),
                fields.objects("sources").stream()
                        .map(source -> source(source, type, mappingIfNone))
                        .toList(),
                fields.objects("targets").stream()
                        .map(target -> target(target, mappingIfNone))
                        .toList(),
                tunnel == null ? null : tunnel(tunnel),
                fields.number("clientCount", 1),
                fields.flag("failoverEnabled", true),
                fields.flag("validateCertificates", true),
                fields.number("processorPoolSize", 1),
                fields.textsByName("specificConfig"),
                mappingDefinitions(fields, legacy),
                fields.texts("tags"),
                fields.textOrNull("ca"),
                credentials == null ? null : CredentialsJson.read(credentials));
    }

    private static ConnectionStatus status(Fields fields, @Nullable ConnectionStatus ifMissing) {
        if (ifMissing != null && !fields.has("connectionStatus")) {
            return ifMissing;
        }
        return fields.oneOf(
                "connectionStatus",
                ConnectionReader::wantedStatus,
                ConnectionStatus.UNKNOWN,
                "open, closed, unknown");
    }

    private static @Nullable ConnectionStatus wantedStatus(String name) {
        ConnectionStatus status = ConnectionStatus.ofWireName(name);
        return status == ConnectionStatus.FAILED || status == ConnectionStatus.MISCONFIGURED
                ? null
                : status;
    }

    private static ConnectionUri uri(Fields fields) {
        if (!fields.has("uri")) {
            fields.text("uri");
            return ConnectionUri.NONE;
        }
        String text = fields.textOrNull("uri");
        ConnectionUri uri =
                text == null
                        ? null
                        : fields.findings()
                                .attempt(fields.pointer("uri"), () -> ConnectionUri.parse(text));
        return uri == null ? ConnectionUri.NONE : uri;
    }

    private static Source source(Fields fields, ConnectionType type, List<String> mappingIfNone) {
        List<String> mapping = fields.textsOrOne("payloadMapping");
        Fields enforcement = fields.object("enforcement");
        Fields requests = fields.object("acknowledgementRequests");
        return new Source(
                fields.texts("addresses"),
                fields.number("consumerCount", 1),
                fields.numberOrNull("qos"),
                fields.texts("authorizationContext"),
                enforcement == null
                        ? null
                        : new Source.Enforcement(
                                enforcement.text("input"), enforcement.texts("filters")),
                fields.has("headerMapping")
                        ? fields.textsByName("headerMapping")
                        : sourceHeaderMapping(type),
                mapping.isEmpty() ? mappingIfNone : mapping,
                requests == null
                        ? null
                        : new Source.AcknowledgementRequests(
                                requests.texts("includes"),
                                notBlank(requests.textOrNull("filter"))),
                fields.texts("declaredAcks"),
                replyTarget(fields.object("replyTarget"), type));
    }

    private static @Nullable String notBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static Source.ReplyTarget replyTarget(@Nullable Fields fields, ConnectionType type) {
        if (fields == null) {
            return new Source.ReplyTarget(
                    REPLY_ADDRESS, replyHeaderMapping(type), REPLY_TYPES, true);
        }
        return new Source.ReplyTarget(
                fields.textOr("address", REPLY_ADDRESS),
                fields.has("headerMapping")
                        ? fields.textsByName("headerMapping")
                        : replyHeaderMapping(type),
                fields.has("expectedResponseTypes")
                        ? fields.texts("expectedResponseTypes")
                        : REPLY_TYPES,
                fields.flag("enabled", true));
    }

    /** MQTT 3.1.1 has no headers that could be mapped. */
    private static Map<String, String> sourceHeaderMapping(ConnectionType type) {
        return type == ConnectionType.MQTT
                ? Map.of()
                : sameHeaders("reply-to", "content-type", "correlation-id");
    }

    private static Map<String, String> replyHeaderMapping(ConnectionType type) {
        return type == ConnectionType.MQTT
                ? Map.of()
                : sameHeaders("content-type", "correlation-id");
    }

    private static Map<String, String> sameHeaders(String... names) {
        Map<String, String> mapping = new LinkedHashMap<>();
        for (String name : names) {
            mapping.put(name, "{{header:" + name + "}}");
        }
        return mapping;
    }

    private static Target target(Fields fields, List<String> mappingIfNone) {
        List<String> mapping = fields.textsOrOne("payloadMapping");
        return new Target(
                fields.text("address"),
                topics(fields),
                fields.numberOrNull("qos"),
                fields.texts("authorizationContext"),
                fields.textsByName("headerMapping"),
                mapping.isEmpty() ? mappingIfNone : mapping,
                fields.textOrNull("issuedAcknowledgementLabel"));
    }

    private static List<Topic> topics(Fields fields) {
        List<String> texts = fields.textsOrOne("topics");
        return IntStream.range(0, texts.size())
                .mapToObj(i ->
                        fields.findings()
                                .attempt(
                                        fields.pointer("topics") + "/" + i,
                                        () -> Topic.parse(texts.get(i))))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static SshTunnel tunnel(Fields fields) {
        return new SshTunnel(
                fields.flag("enabled", true),
                uri(fields),
                CredentialsJson.read(fields.requiredObject("credentials")),
                fields.flag("validateHost", true),
                fields.texts("knownHosts"));
    }

    private static Map<String, MappingDefinition> mappingDefinitions(
            Fields fields, @Nullable MappingDefinition legacy) {
        Map<String, MappingDefinition> definitions =
                fields.objectsByName("mappingDefinitions", ConnectionReader::mappingDefinition);
        if (legacy != null) {
            definitions.putIfAbsent(LEGACY_MAPPING, legacy);
        }
        return definitions;
    }

    static MappingDefinition mappingDefinition(Fields fields) {
        return new MappingDefinition(
                fields.text("mappingEngine"),
                fields.node("options"),
                fields.textsByName("incomingConditions"),
                fields.textsByName("outgoingConditions"));
    }

    private static @Nullable MappingDefinition legacyMapping(Fields fields) {
        Fields legacy = fields.object("mappingContext");
        return legacy == null ? null : mappingDefinition(legacy);
    }
}
