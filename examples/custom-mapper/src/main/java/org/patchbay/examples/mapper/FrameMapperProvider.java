package org.patchbay.examples.mapper;

import org.patchbay.mapper.MapperOptions;
import org.patchbay.mapper.MapperProvider;
import org.patchbay.mapper.PayloadMapper;

/**
 * Makes {@link FrameMapper}s for definitions with {@code "mappingEngine": "Frame"}.
 *
 * <p>Options: {@code thingId}, an id or a template of one ({@code {{ header:device_id }}} where it
 * is missing), and {@code stepsPerDegree}, how many steps of a reading are a degree (100).
 */
public final class FrameMapperProvider implements MapperProvider {

    private static final String DEVICE = "{{ header:device_id }}";
    private static final int STEPS_MAX = 1_000;

    @Override
    public String engine() {
        return "Frame";
    }

    @Override
    public PayloadMapper mapper(MapperOptions options) {
        return new FrameMapper(
                options.template("thingId", DEVICE),
                (int) options.number("stepsPerDegree", 100, 1, STEPS_MAX));
    }
}
