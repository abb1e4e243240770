package org.patchbay.examples.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.InvalidOption;
import org.patchbay.mapper.MapperOptions;
import org.patchbay.mapper.MapperProvider;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

class FrameMapperTest {

    private static final ObjectNode NO_OPTIONS = JsonNodeFactory.instance.objectNode();

    private static PayloadMapper mapper(String options) {
        return new FrameMapperProvider()
                .mapper(new MapperOptions((ObjectNode) Json.parse(options)));
    }

    private static ExternalMessage frame(String hex) {
        return ExternalMessage.inbound(
                Headers.of(Map.of("device_id", "org.example:sensor-1")),
                ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @CsvSource({
        "09ef03f72a, 25.43, 1015, 42",
        "ff3803e8ff, -2.0,  1000, 255",
    })
    void makes_features_of_a_frame(String hex, double temperature, int pressure, int humidity) {
        Signal signal = mapper("{}").inbound(frame(hex)).getFirst();

        assertThat(signal.topic().toString())
                .isEqualTo("org.example/sensor-1/things/twin/commands/modify");
        assertThat(signal.path().toString()).isEqualTo("/features");
        assertThat(signal.value())
                .hasToString(
                        ("{'temperature':{'properties':{'value':%s}},"
                                        + "'pressure':{'properties':{'value':%d}},"
                                        + "'humidity':{'properties':{'value':%d}}}")
                                .formatted(temperature, pressure, humidity)
                                .replace('\'', '"'));
    }

    @Test
    void says_what_is_wrong_with_a_frame() {
        assertThatThrownBy(() -> mapper("{}").inbound(frame("09")))
                .hasMessage("A frame has 5 bytes, this has 1.");
    }

    @Test
    void makes_a_frame_of_a_target_temperature() {
        ExternalMessage message =
                mapper("{\"stepsPerDegree\": 10}")
                        .outbound(event("/features/heating/properties/target", "21.5"))
                        .getFirst();

        assertThat(message.contentType()).isEqualTo("application/octet-stream");
        assertThat(message.payload().getShort()).isEqualTo((short) 215);
    }

    @Test
    void sends_nothing_of_other_events() {
        assertThat(mapper("{}").outbound(event("/attributes/location", "\"kitchen\""))).isEmpty();
    }

    @Test
    void refuses_steps_that_make_no_sense() {
        assertThatThrownBy(() -> mapper("{\"stepsPerDegree\": 0}"))
                .isInstanceOfSatisfying(
                        InvalidOption.class,
                        e -> assertThat(e.option()).isEqualTo("stepsPerDegree"));
    }

    @Test
    void is_found_as_patchbay_finds_it() {
        assertThat(ServiceLoader.load(MapperProvider.class))
                .singleElement()
                .satisfies(provider -> {
                    assertThat(provider.engine()).isEqualTo("Frame");
                    assertThat(provider.mapper(new MapperOptions(NO_OPTIONS))).isNotNull();
                });
    }

    private static Signal event(String path, String value) {
        return Signal.command(
                TopicPath.parse("org.example/sensor-1/things/twin/events/modified"),
                JsonPointer.parse(path),
                Headers.EMPTY,
                Json.parse(value));
    }
}
