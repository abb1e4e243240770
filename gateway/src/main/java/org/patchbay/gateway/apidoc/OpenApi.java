package org.patchbay.gateway.apidoc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The description of the HTTP API, put together from its parts. */
public final class OpenApi {

    private static final List<String> PARTS =
            List.of(
                    "openapi.yml",
                    "connections.yml",
                    "connection-schemas.yml",
                    "trials.yml",
                    "things.yml",
                    "messages.yml",
                    "policies.yml",
                    "operating.yml",
                    "devops.yml");

    /** What a part says once and uses often; not a part of the description itself. */
    private static final String SHARED = "x-shared";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private OpenApi() {}

    /** Everything in one document. */
    public static ObjectNode document() {
        ObjectNode document = MAPPER.createObjectNode();
        for (String part : PARTS) {
            merge(document, read(part), "");
        }
        return document;
    }

    private static ObjectNode read(String part) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setAllowDuplicateKeys(false);
        try (InputStream in = OpenApi.class.getResourceAsStream("/openapi/" + part)) {
            Map<String, Object> yaml = new Yaml(new SafeConstructor(options)).load(in);
            ObjectNode json = MAPPER.valueToTree(yaml);
            json.remove(SHARED);
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two parts may add to the same object, but not say the same thing. */
    private static void merge(ObjectNode into, ObjectNode from, String pointer) {
        from.properties()
                .forEach(field -> {
                    String at = pointer + "/" + field.getKey();
                    if (into.get(field.getKey()) instanceof ObjectNode known
                            && field.getValue() instanceof ObjectNode more) {
                        merge(known, more, at);
                    } else if (into.has(field.getKey())) {
                        throw new IllegalStateException("Said twice: " + at);
                    } else {
                        into.set(field.getKey(), field.getValue());
                    }
                });
    }
}
