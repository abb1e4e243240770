package org.patchbay.benchmarks.micro;

import com.typesafe.config.ConfigFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
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
import org.patchbay.connectivity.mapping.Mappers;
import org.patchbay.connectivity.mapping.MappingConfig;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;

/** Each mapper, with a message of some hundred bytes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@State(Scope.Thread)
public class MapperBenchmark {

    private static final String TEXT_IN =
            """
            function mapToDittoProtocolMsg(headers, textPayload, bytePayload, contentType) {
              var json = JSON.parse(textPayload);
              var value = { temperature: parseFloat(json.temp.split(' ')[0]), humidity: json.hum, status: 'ok' };
              return Ditto.buildDittoProtocolMsg('org.example', headers['device_id'], 'things', 'twin', 'commands',
                  'modify', '/features/environment/properties', headers, value);
            }
            """;
    private static final String BYTES_IN =
            """
            function mapToDittoProtocolMsg(headers, textPayload, bytePayload, contentType) {
              var view = new DataView(bytePayload);
              var value = { temperature: view.getInt16(0) / 100, humidity: view.getUint8(2), status: view.getUint8(3) };
              return Ditto.buildDittoProtocolMsg('org.example', headers['device_id'], 'things', 'twin', 'commands',
                  'modify', '/features/environment/properties', headers, value);
            }
            """;
    private static final String OUT =
            """
            function mapFromDittoProtocolMsg(namespace, name, group, channel, criterion, action, path, dittoHeaders, value) {
              var text = JSON.stringify({ id: namespace + ':' + name, t: value.temperature });
              return Ditto.buildExternalMsg(dittoHeaders, text, null, 'application/json');
            }
            """;

    private static final Map<String, String> DEVICE =
            Map.of("device_id", "device-4711", "content-type", "application/json");
    private static final Map<String, String> DITTO =
            Map.of("content-type", "application/vnd.eclipse.ditto+json");

    private final Mappers mappers =
            new Mappers(
                    MappingConfig.of(ConfigFactory.load(MapperBenchmark.class.getClassLoader())));

    private final PayloadMapper ditto = mapper("Ditto", "{}");
    private final PayloadMapper normalized = mapper("Normalized", "{}");
    private final PayloadMapper raw = mapper("RawMessage", "{}");
    private final PayloadMapper cloudEvents = mapper("CloudEvents", "{}");
    private final PayloadMapper status =
            mapper("ConnectionStatus", "{\"thingId\":\"org.example:{{ header:device_id }}\"}");
    private final PayloadMapper creation =
            mapper(
                    "ImplicitThingCreation",
                    "{\"thing\":{\"thingId\":\"org.example:{{ header:device_id }}\",\"policyId\":\"org.example:p\","
                            + "\"attributes\":{\"since\":\"{{ time:now }}\"}}}");
    private final PayloadMapper liveResponse = mapper("UpdateTwinWithLiveResponse", "{}");
    private final PayloadMapper textScript = script(TEXT_IN);
    private final PayloadMapper byteScript = script(BYTES_IN);
    private final PayloadMapper outScript = script(OUT);

    private final ExternalMessage command = Samples.message(Samples.COMMAND, DITTO);
    private final ExternalMessage text =
            Samples.message("{\"temp\":\"23.42 °C\",\"hum\":78}", DEVICE);
    private final ExternalMessage bytes =
            ExternalMessage.inbound(
                    Headers.of(
                            Map.of(
                                    "device_id",
                                    "device-4711",
                                    "content-type",
                                    "application/octet-stream")),
                    ByteBuffer.wrap(new byte[] {9, 38, 78, 1}));
    private final ExternalMessage raws =
            Samples.message(
                    "{\"a\":1}",
                    Map.of(
                            "ditto-message-thing-id",
                            "org.example:device-4711",
                            "ditto-message-subject",
                            "heatUp",
                            "content-type",
                            "application/json"));
    private final ExternalMessage presence =
            Samples.message(
                    "",
                    Map.of(
                            "device_id", "device-4711",
                            "ttd", "300",
                            "creation-time", "1571214120000"));
    private final ExternalMessage event =
            Samples.message(
                    "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":"
                            + Samples.COMMAND
                            + "}",
                    Map.of("content-type", "application/cloudevents+json"));
    private final ExternalMessage answer =
            Samples.message(
                    "{\"topic\":\"org.example/device-4711/things/live/commands/retrieve\","
                            + "\"headers\":{\"correlation-id\":\"lr\"},\"path\":\"/attributes/x\","
                            + "\"value\":78,\"status\":200}",
                    DITTO);

    private PayloadMapper script(String script) {
        boolean isInbound = script.contains("mapToDittoProtocolMsg");
        return mapper(
                "JavaScript",
                Samples.options("{}")
                        .put(isInbound ? "incomingScript" : "outgoingScript", script)
                        .toString());
    }

    private PayloadMapper mapper(String engine, String options) {
        return mappers.mapper(
                engine,
                new MappingDefinition(engine, Samples.options(options), Map.of(), Map.of()));
    }

    @Benchmark
    public List<Signal> dittoIn() {
        return some(ditto.inbound(command));
    }

    @Benchmark
    public List<ExternalMessage> dittoOut() {
        return some(ditto.outbound(Samples.EVENT));
    }

    @Benchmark
    public List<Signal> javaScriptTextIn() {
        return some(textScript.inbound(text));
    }

    @Benchmark
    public List<Signal> javaScriptBytesIn() {
        return some(byteScript.inbound(bytes));
    }

    @Benchmark
    public List<ExternalMessage> javaScriptOut() {
        return some(outScript.outbound(Samples.EVENT));
    }

    @Benchmark
    public List<ExternalMessage> normalizedOut() {
        return some(normalized.outbound(Samples.EVENT));
    }

    @Benchmark
    public List<Signal> rawMessageIn() {
        return some(raw.inbound(raws));
    }

    @Benchmark
    public List<Signal> connectionStatusIn() {
        return some(status.inbound(presence));
    }

    @Benchmark
    public List<Signal> implicitThingCreationIn() {
        return some(creation.inbound(text));
    }

    @Benchmark
    public List<Signal> updateTwinWithLiveResponseIn() {
        return some(liveResponse.inbound(answer));
    }

    @Benchmark
    public List<Signal> cloudEventsIn() {
        return some(cloudEvents.inbound(event));
    }

    @Benchmark
    public List<ExternalMessage> cloudEventsOut() {
        return some(cloudEvents.outbound(Samples.EVENT));
    }

    /** A mapper that maps nothing is quick, and no measurement. */
    private static <T> List<T> some(List<T> mapped) {
        if (mapped.isEmpty()) {
            throw new IllegalStateException("Nothing was mapped.");
        }
        return mapped;
    }
}
