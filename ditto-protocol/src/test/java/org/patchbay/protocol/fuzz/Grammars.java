package org.patchbay.protocol.fuzz;

import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes inputs that are right, or nearly so. */
final class Grammars {

    private static final String[] PLACEHOLDERS = {
        "thing:id",
        "thing:name",
        "entity:namespace",
        "policy:id",
        "feature:id",
        "topic:full",
        "topic:action",
        "topic:subject",
        "resource:path",
        "header:x-list",
        "header:x-json",
        "header:nope",
        "request:subjectId",
        "connection:id",
        "time:now",
        "time:now-1h[d]",
        "time:now_epoch_millis+999999999999999y",
        "thing-json:attributes/arr",
        "thing-json:/features/lamp",
        "unknown:id",
        "thing:unknown"
    };

    private static final String[] FUNCTIONS = {
        "fn:lower()",
        "fn:upper()",
        "fn:trim()",
        "fn:delete()",
        "fn:url-encode()",
        "fn:url-decode()",
        "fn:base64-encode()",
        "fn:base64-decode()",
        "fn:default('x')",
        "fn:default(thing:id)",
        "fn:split(',')",
        "fn:split('')",
        "fn:split(header:x-list)",
        "fn:join('-')",
        "fn:join(thing:id)",
        "fn:replace('a','bb')",
        "fn:replace('',header:x-json)",
        "fn:substring-before(':')",
        "fn:substring-after(\"b\")",
        "fn:filter('like','*a*|?b')",
        "fn:filter(header:x-list,'ne','x')",
        "fn:filter('exists')",
        "fn:filter('like',header:x-list)",
        "fn:format('{a}-{b/c}{#d}{.}{/d}')",
        "fn:format(header:x-json)",
        "fn:nope()",
        "upper()"
    };

    private static final String[] PROPERTIES = {
        "attributes/count",
        "/attributes/a~1b",
        "attributes/tags",
        "features/lamp/properties/on",
        "features/*/properties/on",
        "thingId",
        "_modified",
        "topic:action",
        "resource:path",
        "time:now",
        "header:x",
        "attributes",
        "foo"
    };

    private static final String[] VALUES = {
        "1",
        "-1.5",
        "true",
        "null",
        "\"text\"",
        "'it\\'s'",
        "\"\\u00fc\"",
        "time:now",
        "time:now-7d[w]",
        "time:now_epoch_millis",
        "time:nope",
        "123456789012345678901234567890",
        "\"2026-01-02T03:04:05Z\"",
        "\"*a?b*\"",
        "1e5"
    };

    private static final String[] WORDS = {
        "a",
        "org.example",
        "dev-1",
        "things",
        "twin",
        "live",
        "commands",
        "events",
        "messages",
        "modify",
        "_",
        "policies",
        "errors",
        "acks",
        "connections",
        "announcements",
        "attributes",
        "grün",
        "x y",
        "a~1b",
        ""
    };

    private static final String[] HEADERS = {
        "correlation-id",
        "requested-acks",
        "response-required",
        "entity-revision",
        "X-Own",
        "timeout"
    };

    private Grammars() {}

    static String template(Random random) {
        return list(random, 3, "", () -> random.nextBoolean() ? braces(random) : word(random));
    }

    private static String braces(Random random) {
        String inside = expression(random);
        return random.nextInt(5) == 0 ? "${" + inside + "}" : "{{ " + inside + " }}";
    }

    static String expression(Random random) {
        String start = random.nextInt(6) == 0 ? "" : one(PLACEHOLDERS, random) + " | ";
        return start + list(random, 4, " | ", () -> one(FUNCTIONS, random));
    }

    static String rql(Random random) {
        return rql(random, 4);
    }

    private static String rql(Random random, int depth) {
        String property = one(PROPERTIES, random);
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> "exists(" + property + ")";
            case 1 -> "empty(" + property + ")";
            case 2 ->
                    "in(" + property + "," + list(random, 4, ",", () -> one(VALUES, random)) + ")";
            case 3 -> (random.nextBoolean() ? "like(" : "ilike(") + property + ",\"*T?x*\")";
            case 4, 5 -> {
                String[] operators = {"eq", "ne", "gt", "ge", "lt", "le"};
                yield one(operators, random) + "(" + property + "," + one(VALUES, random) + ")";
            }
            case 6 -> "not(" + rql(random, depth - 1) + ")";
            case 7 -> "and(" + list(random, 3, ",", () -> rql(random, depth - 1)) + ")";
            default -> "or(" + list(random, 3, ",", () -> rql(random, depth - 1)) + ")";
        };
    }

    static String topic(Random random) {
        return random.nextBoolean()
                ? list(random, 7, "/", () -> word(random))
                : word(random)
                        + "/"
                        + word(random)
                        + "/things/"
                        + (random.nextBoolean() ? "twin/" : "live/")
                        + list(random, 3, "/", () -> word(random));
    }

    static String pointer(Random random) {
        return (random.nextBoolean() ? "/" : "") + list(random, 8, "/", () -> word(random));
    }

    static String selector(Random random) {
        return selector(random, 3);
    }

    private static String selector(Random random, int depth) {
        return list(
                random,
                3,
                ",",
                () ->
                        pointer(random)
                                + (depth > 0 && random.nextBoolean()
                                        ? "(" + selector(random, depth - 1) + ")"
                                        : ""));
    }

    static String envelope(Random random) {
        return "{\"topic\":\""
                + topic(random)
                + "\",\"headers\":{"
                + list(random, 3, ",", () -> "\"" + one(HEADERS, random) + "\":" + json(random, 2))
                + "},\"path\":\""
                + pointer(random)
                + "\",\"value\":"
                + json(random, 3)
                + (random.nextBoolean() ? ",\"status\":" + json(random, 0) : "")
                + (random.nextBoolean() ? ",\"fields\":\"" + selector(random) + "\"" : "")
                + (random.nextBoolean() ? ",\"extra\":" + json(random, 2) : "")
                + (random.nextBoolean() ? ",\"revision\":" + random.nextLong() : "")
                + (random.nextBoolean() ? ",\"timestamp\":\"2026-01-02T03:04:05Z\"" : "")
                + "}";
    }

    private static String json(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> "null";
            case 1 -> String.valueOf(random.nextInt(700));
            case 2 -> String.valueOf(random.nextDouble());
            case 3 -> String.valueOf(random.nextBoolean());
            case 4 -> "\"[\\\"a\\\"]\"";
            case 5 -> "\"\\ud83d\\u0000\"";
            case 6 -> "\"" + word(random) + "\"";
            case 7 -> "[" + list(random, 3, ",", () -> json(random, depth - 1)) + "]";
            default ->
                    "{"
                            + list(
                                    random,
                                    3,
                                    ",",
                                    () -> "\"" + word(random) + "\":" + json(random, depth - 1))
                            + "}";
        };
    }

    private static String word(Random random) {
        return one(WORDS, random);
    }

    private static String one(String[] choices, Random random) {
        return choices[random.nextInt(choices.length)];
    }

    private static String list(Random random, int most, String between, Supplier<String> item) {
        return Stream.generate(item)
                .limit(1 + random.nextInt(most))
                .collect(Collectors.joining(between));
    }
}
