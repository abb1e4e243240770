package org.patchbay.connectivity.transport.http.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.credentials.Credentials.OAuthClientCredentials;
import org.patchbay.connectivity.model.credentials.Credentials.OAuthPassword;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.http.wire.Origin;
import org.patchbay.connectivity.transport.http.wire.Request;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/** What a token endpoint is asked, by RFC 6749. */
public final class TokenRequest {

    private static final Headers HEADERS =
            Headers.EMPTY
                    .with("Accept", "application/json")
                    .with(HeaderDefinition.CONTENT_TYPE, "application/x-www-form-urlencoded");

    private TokenRequest() {}

    /** The client credentials flow, section 4.4. */
    public static Request of(OAuthClientCredentials credentials, boolean enforceHttps) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", credentials.clientId());
        form.put("client_secret", credentials.clientSecret().reveal());
        put(form, "scope", credentials.requestedScopes());
        put(form, "audience", credentials.audience());
        return post(credentials.tokenEndpoint(), enforceHttps, form);
    }

    /** The password flow, section 4.3. */
    public static Request of(OAuthPassword credentials, boolean enforceHttps) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("client_id", credentials.clientId());
        Secret secret = credentials.clientSecret();
        put(form, "client_secret", secret == null ? null : secret.reveal());
        form.put("username", credentials.username());
        form.put("password", credentials.password().reveal());
        put(form, "scope", credentials.requestedScopes());
        put(form, "audience", credentials.audience());
        return post(credentials.tokenEndpoint(), enforceHttps, form);
    }

    private static void put(Map<String, String> form, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            form.put(name, value);
        }
    }

    private static Request post(String endpoint, boolean enforceHttps, Map<String, String> form) {
        URI uri = uri(endpoint);
        Origin origin = Origin.of(uri);
        if (origin == null) {
            throw wrong("'" + endpoint + "' is no token endpoint: it has to be an https URL.");
        }
        if (enforceHttps && !origin.isSecure()) {
            throw wrong(
                    "The token endpoint "
                            + origin
                            + " is not secure. Use https, or allow http for all connections"
                            + " (CONNECTIVITY_HTTP_OAUTH2_ENFORCE_HTTPS=false).");
        }
        String path =
                uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        String body =
                form.entrySet().stream()
                        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        return new Request("POST", origin, target, HEADERS, body.getBytes(StandardCharsets.UTF_8));
    }

    private static URI uri(String endpoint) {
        try {
            return new URI(endpoint);
        } catch (URISyntaxException e) {
            throw wrong("'" + endpoint + "' is no token endpoint: " + e.getReason() + ".");
        }
    }

    private static Failure wrong(String why) {
        return Failure.byUser(why, null).in(Layer.CONFIGURATION);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
