package org.patchbay.connectivity.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.patchbay.protocol.json.Json;

/**
 * Complete connections of every type, and everything that somebody may have done to a field of one:
 * left it out, sent null, another type, too much, something that is none of the known values,
 * something deep. Whoever reads connections must survive all of it.
 */
public final class BadInput {

    /** One for each type, and more where credentials differ; all of them are valid. */
    public static final List<String> COMPLETE =
            List.of(
                    "mqtt",
                    "mqtt-5",
                    "amqp-091",
                    "amqp-10",
                    "kafka",
                    "hono",
                    "http-push",
                    "http-push-oauth-client-credentials",
                    "http-push-oauth-password",
                    "http-push-azure-monitor");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** As deep as a reader of JSON lets pass. */
    private static final int DEEP = 490;

    /** What may stand where something else belongs. */
    private static final Map<String, JsonNode> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("null", NODES.nullNode());
        VALUES.put("a boolean", NODES.booleanNode(true));
        VALUES.put("zero", NODES.numberNode(0));
        VALUES.put("a negative number", NODES.numberNode(-1));
        VALUES.put("a large number", NODES.numberNode(Integer.MAX_VALUE));
        VALUES.put("a huge number", NODES.numberNode(new BigDecimal("1e400")));
        VALUES.put("a fraction", NODES.numberNode(1.5));
        VALUES.put("an empty text", TextNode.valueOf(""));
        VALUES.put("a blank", TextNode.valueOf(" "));
        VALUES.put("another text", TextNode.valueOf("none-of-these"));
        VALUES.put("control characters", TextNode.valueOf("a\u0000\r\nb\u001b"));
        VALUES.put("half a character", TextNode.valueOf("a\ud83db"));
        VALUES.put("braces", TextNode.valueOf("{{ {{ ${ fn:default( }} | | \" ' %"));
        VALUES.put("a wrong percent sign", TextNode.valueOf("tcp://a%zz@h:1/%?filter=%"));
        VALUES.put("a long text", TextNode.valueOf("x".repeat(20_000)));
        VALUES.put("many slashes", TextNode.valueOf("/".repeat(5_000)));
        VALUES.put("many parentheses", TextNode.valueOf(topic("not(".repeat(5_000))));
        VALUES.put("many fields", TextNode.valueOf(extra("a(".repeat(5_000))));
        VALUES.put("an object", NODES.objectNode());
        VALUES.put("an object of nulls", NODES.objectNode().set("", NODES.nullNode()));
        VALUES.put("an object of objects", object("a/b~c", object("x", NODES.arrayNode())));
        VALUES.put("an array", NODES.arrayNode());
        VALUES.put("an array of nulls", NODES.arrayNode().addNull());
        VALUES.put("an array of numbers", NODES.arrayNode().add(1).add(-1));
        VALUES.put("an array of many", many());
        VALUES.put("deep arrays", deepArrays());
        VALUES.put("deep objects", deepObjects());
    }

    private BadInput() {}

    /** A connection in which one thing was done to one field. */
    public record Case(String name, ObjectNode json) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static ObjectNode complete(String name) {
        try (InputStream in = BadInput.class.getResourceAsStream("complete/" + name + ".json")) {
            return (ObjectNode) Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every field of every complete connection, with everything that can be done to it. */
    public static Stream<Case> cases() {
        return COMPLETE.stream().flatMap(BadInput::cases);
    }

    /** The cases of one complete connection. */
    public static Stream<Case> cases(String name) {
        List<String> pointers = new ArrayList<>();
        collect(complete(name), "", pointers);
        return pointers.stream()
                .flatMap(pointer ->
                        Stream.concat(
                                Stream.of(
                                        new Case(
                                                name + " without " + pointer,
                                                without(complete(name), pointer))),
                                VALUES.entrySet().stream()
                                        .map(value ->
                                                new Case(
                                                        name
                                                                + " with "
                                                                + value.getKey()
                                                                + " at "
                                                                + pointer,
                                                        with(
                                                                complete(name),
                                                                pointer,
                                                                value.getValue())))));
    }

    private static void collect(JsonNode node, String at, List<String> pointers) {
        if (node.isObject()) {
            node.fieldNames()
                    .forEachRemaining(name -> {
                        String pointer = at + "/" + name.replace("~", "~0").replace("/", "~1");
                        pointers.add(pointer);
                        collect(node.get(name), pointer, pointers);
                    });
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            pointers.add(at + "/" + i);
            collect(node.get(i), at + "/" + i, pointers);
        }
    }

    private static ObjectNode without(ObjectNode json, String pointer) {
        switch (json.at(parent(pointer))) {
            case ArrayNode array -> array.remove(Integer.parseInt(name(pointer)));
            case ObjectNode object -> object.remove(name(pointer));
            default -> throw new IllegalArgumentException(pointer);
        }
        return json;
    }

    private static ObjectNode with(ObjectNode json, String pointer, JsonNode value) {
        switch (json.at(parent(pointer))) {
            case ArrayNode array -> array.set(Integer.parseInt(name(pointer)), value);
            case ObjectNode object -> object.set(name(pointer), value);
            default -> throw new IllegalArgumentException(pointer);
        }
        return json;
    }

    private static String parent(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    private static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }

    private static String topic(String filter) {
        return "_/_/things/twin/events?filter=" + filter;
    }

    private static String extra(String fields) {
        return "_/_/things/twin/events?extraFields=" + fields;
    }

    private static ObjectNode object(String name, JsonNode value) {
        return NODES.objectNode().set(name, value);
    }

    private static ArrayNode many() {
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < 1_000; i++) {
            array.add("item " + i);
        }
        return array;
    }

    private static JsonNode deepArrays() {
        JsonNode node = NODES.textNode("deep");
        for (int i = 0; i < DEEP; i++) {
            node = NODES.arrayNode().add(node);
        }
        return node;
    }

    private static JsonNode deepObjects() {
        JsonNode node = NODES.textNode("deep");
        for (int i = 0; i < DEEP; i++) {
            node = object("a", node);
        }
        return node;
    }
}
