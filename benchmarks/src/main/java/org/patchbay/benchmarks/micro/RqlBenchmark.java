package org.patchbay.benchmarks.micro;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.rql.Rql;
import org.patchbay.protocol.rql.RqlFields;

/** RQL: read once for a filter, for each request as a condition; evaluated for each message. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@State(Scope.Thread)
public class RqlBenchmark {

    private static final String SIMPLE = "gt(attributes/count,42)";
    private static final String NESTED =
            "and(or(eq(attributes/type,\"sensor\"),in(attributes/building,10,11,12)),"
                    + "not(like(thingId,\"org.example:test*\")),"
                    + "gt(features/environment/properties/temperature,20.5))";

    private final JsonNode thing =
            Json.parse(
                    """
                    {"thingId":"org.example:device-4711","attributes":{"count":43,"type":"actor","building":12,
                     "since":"2026-01-01T00:00:00Z","tags":["a","b","c"]},
                     "features":{"environment":{"properties":{"temperature":23.42}}}}\
                    """);
    private final Rql simple = Rql.parse(SIMPLE, RqlFields.THING);
    private final Rql nested = Rql.parse(NESTED, RqlFields.THING);
    private final Rql time = Rql.parse("lt(attributes/since,time:now-1d)", RqlFields.THING);
    private final Rql array = Rql.parse("eq(attributes/tags,\"c\")", RqlFields.THING);

    @Benchmark
    public Rql readSimple() {
        return Rql.parse(SIMPLE, RqlFields.THING);
    }

    @Benchmark
    public Rql readNested() {
        return Rql.parse(NESTED, RqlFields.THING);
    }

    @Benchmark
    public boolean simple() {
        return simple.matches(thing);
    }

    @Benchmark
    public boolean nested() {
        return nested.matches(thing);
    }

    @Benchmark
    public boolean time() {
        return time.matches(thing);
    }

    @Benchmark
    public boolean array() {
        return array.matches(thing);
    }
}
