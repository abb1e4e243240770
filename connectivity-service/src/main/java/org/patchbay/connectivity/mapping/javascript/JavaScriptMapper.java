package org.patchbay.connectivity.mapping.javascript;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.NativeObject;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;
import org.patchbay.connectivity.mapping.MappingConfig;
import org.patchbay.connectivity.mapping.MappingProblems;
import org.patchbay.connectivity.mapping.javascript.sandbox.RhinoBounds;
import org.patchbay.connectivity.mapping.javascript.sandbox.Sandbox;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.MapperOptions;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * Maps by two scripts that the operator writes: {@code mapToDittoProtocolMsg} in {@code
 * incomingScript} and {@code mapFromDittoProtocolMsg} in {@code outgoingScript}. A direction
 * without a script, or whose script has no such function, maps nothing.
 */
public final class JavaScriptMapper implements PayloadMapper {

    private static final String MAP_TO = "mapToDittoProtocolMsg";
    private static final String MAP_FROM = "mapFromDittoProtocolMsg";
    private static final String WRAPPER = "Wrapper";

    static {
        RhinoBounds.install();
    }

    private final String id;
    private final @Nullable MappingScript incoming;
    private final @Nullable MappingScript outgoing;

    private JavaScriptMapper(
            String id, @Nullable MappingScript incoming, @Nullable MappingScript outgoing) {
        this.id = id;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    /** Loads the scripts; what is wrong with one is a problem that names line and column. */
    public static JavaScriptMapper of(String id, MapperOptions options, MappingConfig config) {
        Sandbox sandbox = new Sandbox(config.javascript());
        try {
            return new JavaScriptMapper(
                    id,
                    script(sandbox, options, "incomingScript", config),
                    script(sandbox, options, "outgoingScript", config));
        } catch (ScriptFailure e) {
            throw e.as(
                    MappingProblems.optionsInvalid(
                            id, e.getMessage() + ".", "Correct the script."));
        }
    }

    private static @Nullable MappingScript script(
            Sandbox sandbox, MapperOptions options, String name, MappingConfig config) {
        String source = options.text(name);
        if (source == null || source.isBlank()) {
            return null;
        }
        int most = config.javascript().sizeMaxBytes();
        int size = source.getBytes(StandardCharsets.UTF_8).length;
        if (size > most) {
            throw new ScriptFailure(name + " has " + size + " bytes, more than " + most);
        }
        return new MappingScript(
                sandbox,
                name,
                source,
                libraries(options),
                Modules.folder(config.javascript().modules()));
    }

    private static List<String> libraries(MapperOptions options) {
        List<String> libraries = new ArrayList<>();
        boolean byteBuffer = options.isTrue("loadBytebufferJS");
        if (byteBuffer || options.isTrue("loadLongJS")) {
            libraries.add(Globals.LONG);
        }
        if (byteBuffer) {
            libraries.add(Globals.BYTE_BUFFER);
        }
        return libraries;
    }

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        return incoming == null ? List.of() : failing("incoming", () -> mapTo(incoming, message));
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        return outgoing == null ? List.of() : failing("outgoing", () -> mapFrom(outgoing, signal));
    }

    private interface Mapping<T> {
        List<T> results();
    }

    private <T> List<T> failing(String direction, Mapping<T> mapping) {
        try {
            return mapping.results();
        } catch (ScriptFailure e) {
            throw e.as(
                    MappingProblems.failed(id, direction, "The script failed: " + e.getMessage()));
        } catch (ProblemException e) {
            String why = "The script's result is no Ditto Protocol: " + e.problem().message();
            throw MappingProblems.failed(id, direction, why).asException();
        }
    }

    private static List<Signal> mapTo(MappingScript script, ExternalMessage message) {
        return script.call((run, scope) -> {
            org.mozilla.javascript.Function wrapper =
                    MappingScript.function(scope, MAP_TO + WRAPPER);
            org.mozilla.javascript.Function function =
                    wrapper == null ? MappingScript.function(scope, MAP_TO) : wrapper;
            if (function == null) {
                return List.of();
            }
            int size = message.payload().remaining();
            if (size > run.limits().payloadMaxBytes()) {
                throw new ScriptFailure("a payload of " + size + " bytes is too large for it");
            }
            Object[] arguments = arguments(new ToScript(scope), message);
            FromScript from = new FromScript(run);
            return results(
                    function.call(
                            run,
                            scope,
                            scope,
                            wrapper == null ? arguments : wrapped(scope, arguments)),
                    result -> signal(from, result));
        });
    }

    private static Object[] arguments(ToScript to, ExternalMessage message) {
        return new Object[] {
            to.headers(message.headers()),
            ToScript.orNull(message.payloadText()),
            ToScript.orNull(ToScript.bytes(message.payload())),
            ToScript.orNull(message.contentType())
        };
    }

    private static Object[] wrapped(Scriptable scope, Object[] arguments) {
        NativeObject message = new ToScript(scope).object();
        List<String> names = List.of("headers", "textPayload", "bytePayload", "contentType");
        for (int i = 0; i < arguments.length; i++) {
            message.put(names.get(i), message, arguments[i]);
        }
        return new Object[] {message};
    }

    private static Signal signal(FromScript from, Object result) {
        JsonNode json = from.json(result);
        if (json == null || !json.isObject()) {
            throw new ScriptFailure("it returned something that is neither an object nor null");
        }
        return Envelope.read(json);
    }

    private static List<ExternalMessage> mapFrom(MappingScript script, Signal signal) {
        return script.call((run, scope) -> {
            org.mozilla.javascript.Function wrapper =
                    MappingScript.function(scope, MAP_FROM + WRAPPER);
            org.mozilla.javascript.Function function =
                    wrapper == null ? MappingScript.function(scope, MAP_FROM) : wrapper;
            if (function == null) {
                return List.of();
            }
            ToScript to = new ToScript(scope);
            FromScript from = new FromScript(run);
            return results(
                    function.call(
                            run,
                            scope,
                            scope,
                            wrapper == null
                                    ? arguments(to, signal)
                                    : new Object[] {to.value(Envelope.write(signal))}),
                    result -> externalMessage(from, result));
        });
    }

    private static Object[] arguments(ToScript to, Signal signal) {
        TopicPath topic = signal.topic();
        return new Object[] {
            topic.namespace(),
            topic.name(),
            lower(topic.group()),
            lower(topic.channel()),
            lower(topic.criterion()),
            topic.action() == null ? Undefined.instance : topic.action(),
            signal.path().toString(),
            to.headers(signal.headers()),
            to.value(signal.value()),
            signal.status() == null ? Undefined.instance : signal.status(),
            to.value(signal.extra())
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static ExternalMessage externalMessage(FromScript from, Object result) {
        if (!(result instanceof Scriptable object)) {
            throw new ScriptFailure("it returned something that is neither an object nor null");
        }
        String contentType = from.text(ScriptableObject.getProperty(object, "contentType"));
        Map<String, String> headers =
                headers(from, ScriptableObject.getProperty(object, "headers"));
        if (contentType != null) {
            headers.put(HeaderDefinition.CONTENT_TYPE, contentType);
        }
        Headers all = Headers.of(headers);
        if (!all.has(HeaderDefinition.CONTENT_TYPE)) {
            throw new ScriptFailure("its result has no contentType");
        }
        ByteBuffer bytes = from.bytes(ScriptableObject.getProperty(object, "bytePayload"));
        String text = from.text(ScriptableObject.getProperty(object, "textPayload"));
        return new ExternalMessage(all, text, bytes);
    }

    private static Map<String, String> headers(FromScript from, Object value) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (value instanceof Scriptable object) {
            for (Object name : object.getIds()) {
                String text = from.text(ScriptableObject.getProperty(object, name.toString()));
                if (text != null) {
                    headers.put(name.toString(), text);
                }
            }
        }
        return headers;
    }

    /** One result, several in an array, or null for none. */
    private static <T> List<T> results(@Nullable Object returned, Function<Object, T> convert) {
        if (returned == null) {
            return List.of();
        }
        if (Undefined.isUndefined(returned)) {
            throw new ScriptFailure("it returned nothing; return null to drop a message");
        }
        if (!(returned instanceof NativeArray array)) {
            return List.of(convert.apply(returned));
        }
        if (array.getLength() > 1000) {
            throw new ScriptFailure("it returned " + array.getLength() + " results");
        }
        List<T> results = new ArrayList<>();
        for (int i = 0; i < array.getLength(); i++) {
            results.add(convert.apply(ScriptableObject.getProperty(array, i)));
        }
        return results;
    }
}
