package org.patchbay.connectivity.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.credentials.Credentials;

/** A connection as its operator configured it, defaults filled in. */
public record Connection(
        String id,
        @Nullable String name,
        ConnectionType type,
        ConnectionStatus status,
        ConnectionUri uri,
        List<Source> sources,
        List<Target> targets,
        @Nullable SshTunnel sshTunnel,
        int clientCount,
        boolean failoverEnabled,
        boolean validateCertificates,
        int processorPoolSize,
        Map<String, String> specificConfig,
        Map<String, MappingDefinition> mappingDefinitions,
        List<String> tags,
        @Nullable String ca,
        @Nullable Credentials credentials) {

    public Connection {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
        tags = List.copyOf(tags);
    }

    /** Leaves out options and mappings, where passwords and keys may stand. */
    @Override
    public String toString() {
        return "Connection[id=%s, type=%s, status=%s, uri=%s]"
                .formatted(id, type.wireName(), status.wireName(), uri);
    }

    public Connection with(ConnectionStatus newStatus) {
        return new Connection(
                id,
                name,
                type,
                newStatus,
                uri,
                sources,
                targets,
                sshTunnel,
                clientCount,
                failoverEnabled,
                validateCertificates,
                processorPoolSize,
                specificConfig,
                mappingDefinitions,
                tags,
                ca,
                credentials);
    }

    public Connection with(List<Source> newSources, Map<String, String> newSpecificConfig) {
        return new Connection(
                id,
                name,
                type,
                status,
                uri,
                newSources,
                targets,
                sshTunnel,
                clientCount,
                failoverEnabled,
                validateCertificates,
                processorPoolSize,
                newSpecificConfig,
                mappingDefinitions,
                tags,
                ca,
                credentials);
    }

    public Connection with(
            ConnectionUri newUri,
            Map<String, String> newSpecificConfig,
            @Nullable SshTunnel newSshTunnel,
            @Nullable Credentials newCredentials) {
        return new Connection(
                id,
                name,
                type,
                status,
                newUri,
                sources,
                targets,
                newSshTunnel,
                clientCount,
                failoverEnabled,
                validateCertificates,
                processorPoolSize,
                newSpecificConfig,
                mappingDefinitions,
                tags,
                ca,
                newCredentials);
    }
}
