package org.patchbay.connectivity.model.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Credentials.ClientCertificate;
import org.patchbay.connectivity.model.credentials.Credentials.Hmac;
import org.patchbay.connectivity.model.credentials.Credentials.OAuthClientCredentials;
import org.patchbay.connectivity.model.credentials.Credentials.OAuthPassword;
import org.patchbay.connectivity.model.credentials.Credentials.Plain;
import org.patchbay.connectivity.model.credentials.Credentials.PublicKey;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.problems.Finding;

/** Credentials by their {@code type}. */
final class CredentialsJson {

    private static final Credentials NEUTRAL = new Plain("", new Secret(""));
    private static final String TYPES =
            "client-cert, hmac, oauth-client-credentials, oauth-password, plain, public-key";

    private CredentialsJson() {}

    static Credentials read(Fields fields) {
        String type = fields.text("type");
        return switch (type) {
            case "plain", "password" ->
                    new Plain(fields.text("username"), secret(fields, "password"));
            case "client-cert" ->
                    new ClientCertificate(fields.textOrNull("cert"), secretOrNull(fields, "key"));
            case "public-key" ->
                    new PublicKey(
                            fields.text("username"),
                            fields.text("publicKey"),
                            secret(fields, "privateKey"));
            case "hmac" -> new Hmac(fields.text("algorithm"), fields.node("parameters"));
            case "oauth-client-credentials" ->
                    new OAuthClientCredentials(
                            fields.text("tokenEndpoint"),
                            fields.text("clientId"),
                            secret(fields, "clientSecret"),
                            fields.text("requestedScopes"),
                            fields.textOrNull("audience"));
            case "oauth-password" ->
                    new OAuthPassword(
                            fields.text("tokenEndpoint"),
                            fields.text("clientId"),
                            secretOrNull(fields, "clientSecret"),
                            fields.text("requestedScopes"),
                            fields.textOrNull("audience"),
                            fields.text("username"),
                            secret(fields, "password"));
            default -> {
                if (!type.isEmpty()) {
                    unknown(fields, type);
                }
                yield NEUTRAL;
            }
        };
    }

    private static void unknown(Fields fields, String type) {
        fields.findings()
                .add(
                        new Finding(
                                ConnectionProblems.JSON_INVALID,
                                fields.pointer("type"),
                                "'" + type + "' is no type of credentials.",
                                "Allowed: " + TYPES + "."));
    }

    static ObjectNode write(Credentials credentials) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", credentials.type());
        switch (credentials) {
            case Plain(String username, Secret password) -> {
                json.put("username", username);
                json.put("password", password.reveal());
            }
            case ClientCertificate(String cert, Secret key) -> {
                putText(json, "cert", cert);
                putSecret(json, "key", key);
            }
            case PublicKey(String username, String publicKey, Secret privateKey) -> {
                json.put("username", username);
                json.put("publicKey", publicKey);
                json.put("privateKey", privateKey.reveal());
            }
            case Hmac(String algorithm, ObjectNode parameters) -> {
                json.put("algorithm", algorithm);
                json.set("parameters", parameters);
            }
            case OAuthClientCredentials oauth -> {
                json.put("tokenEndpoint", oauth.tokenEndpoint());
                json.put("clientId", oauth.clientId());
                json.put("clientSecret", oauth.clientSecret().reveal());
                json.put("requestedScopes", oauth.requestedScopes());
                putText(json, "audience", oauth.audience());
            }
            case OAuthPassword oauth -> {
                json.put("tokenEndpoint", oauth.tokenEndpoint());
                json.put("clientId", oauth.clientId());
                putSecret(json, "clientSecret", oauth.clientSecret());
                json.put("requestedScopes", oauth.requestedScopes());
                putText(json, "audience", oauth.audience());
                json.put("username", oauth.username());
                json.put("password", oauth.password().reveal());
            }
        }
        return json;
    }

    private static Secret secret(Fields fields, String name) {
        return new Secret(fields.text(name));
    }

    private static @Nullable Secret secretOrNull(Fields fields, String name) {
        String text = fields.textOrNull(name);
        return text == null ? null : new Secret(text);
    }

    private static void putText(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void putSecret(ObjectNode json, String name, @Nullable Secret value) {
        if (value != null) {
            json.put(name, value.reveal());
        }
    }
}
