package org.patchbay.benchmarks.micro;

import java.time.Instant;
import java.time.InstantSource;
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
import org.patchbay.protocol.placeholder.Condition;
import org.patchbay.protocol.placeholder.Resolution;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.patchbay.protocol.placeholder.Template;

/** Placeholders of one message; a template is compiled once for a connection. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@State(Scope.Thread)
public class PlaceholderBenchmark {

    private static final Surroundings HERE =
            new Surroundings("con", "in/1", null, InstantSource.fixed(Instant.EPOCH));
    private static final String PIPELINE =
            "{{ thing:id | fn:substring-after(':') | fn:default('none') | fn:upper() }}";

    private final Template constant = Template.parse("telemetry");
    private final Template simple = Template.parse("{{ thing:id }}");
    private final Template address =
            Template.parse("out/{{ thing:namespace }}/{{ thing:name }}/{{ topic:action }}");
    private final Template pipeline = Template.parse(PIPELINE);
    private final Template ofThing =
            Template.parse("{{ thing-json:features/environment/properties/temperature }}");
    private final Template time = Template.parse("{{ time:now-1h[h] }}");
    private final Template format =
            Template.parse("{{ thing-json:attributes | fn:format('{type}-{building}') }}");
    private final Condition condition =
            Condition.parse("fn:filter(header:content-type,'like','application/*')");

    /** What placeholders see of a message is worked out anew for each message, as on the path. */
    private static SignalPlaceholders message() {
        return SignalPlaceholders.outbound(Samples.EVENT, HERE);
    }

    @Benchmark
    public Template compile() {
        return Template.parse(PIPELINE);
    }

    @Benchmark
    public Resolution constant() {
        return constant.resolve(message());
    }

    @Benchmark
    public Resolution simple() {
        return simple.resolve(message());
    }

    @Benchmark
    public Resolution address() {
        return address.resolve(message());
    }

    @Benchmark
    public Resolution pipeline() {
        return pipeline.resolve(message());
    }

    @Benchmark
    public Resolution ofThing() {
        return ofThing.resolve(message());
    }

    @Benchmark
    public Resolution time() {
        return time.resolve(message());
    }

    @Benchmark
    public Resolution format() {
        return format.resolve(message());
    }

    @Benchmark
    public boolean condition() {
        return condition.holds(message());
    }
}
