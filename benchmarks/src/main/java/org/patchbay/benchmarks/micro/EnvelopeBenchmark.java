package org.patchbay.benchmarks.micro;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

/** Ditto Protocol as text and as a signal. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@State(Scope.Thread)
public class EnvelopeBenchmark {

    private final byte[] command = Samples.COMMAND.getBytes(StandardCharsets.UTF_8);
    private final JsonNode json = Json.parse(Samples.COMMAND);
    private final TopicPath topic = TopicPath.parse(Samples.TOPIC);
    private final FieldSelector selector =
            FieldSelector.parse("attributes/type,attributes/building");
    private final JsonNode extra =
            Json.parse("{\"attributes\":{\"type\":\"sensor\",\"building\":12,\"x\":{}}}");

    @Benchmark
    public Signal readBytes() {
        return Envelope.read(Json.parse(command));
    }

    @Benchmark
    public Signal readJson() {
        return Envelope.read(json);
    }

    @Benchmark
    public byte[] writeBytes() {
        return Json.writeBytes(Envelope.write(Samples.EVENT));
    }

    @Benchmark
    public JsonNode writeJson() {
        return Envelope.write(Samples.EVENT);
    }

    @Benchmark
    public TopicPath topicRead() {
        return TopicPath.parse(Samples.TOPIC);
    }

    @Benchmark
    public String topicWrite() {
        return topic.toString();
    }

    @Benchmark
    public JsonPointer pointerRead() {
        return JsonPointer.parse("/features/environment/properties/temperature");
    }

    @Benchmark
    public JsonNode select() {
        return selector.select(extra);
    }
}
