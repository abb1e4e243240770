package org.patchbay.connectivity.model.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.dryrun.LayerResult.Failed;
import org.patchbay.connectivity.model.dryrun.LayerResult.NotReached;
import org.patchbay.connectivity.model.dryrun.LayerResult.Passed;
import org.patchbay.connectivity.model.dryrun.LayerResult.Skipped;
import org.patchbay.protocol.Problem;

/**
 * A report as JSON: {@code {succeeded, failedLayer?, durationMs, layers: [{layer, status,
 * durationMs?, check?, message?}], error?}}.
 */
public final class DryRunJson {

    private static final String PASSED = "passed";
    private static final String FAILED = "failed";
    private static final String SKIPPED = "skipped";
    private static final String NOT_REACHED = "not-reached";
    private static final String MICROS = "durationMicros";

    private DryRunJson() {}

    /** As the HTTP API shows it, with the error that a dry run without report answers. */
    public static ObjectNode show(DryRunReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("succeeded", report.succeeded());
        for (LayerResult result : report.layers()) {
            if (result instanceof Failed failed) {
                json.put("failedLayer", failed.layer().wireName());
            }
        }
        writeLayers(json, report, (to, took) -> to.put("durationMs", millis(took)));
        Problem problem = report.explained();
        if (problem != null) {
            json.set("error", problem.toJson());
        }
        return json;
    }

    /** Time and layers, which is all but the problem, as it is sent between nodes. */
    public static void writeLayers(ObjectNode json, DryRunReport report) {
        writeLayers(json, report, (to, took) -> to.put(MICROS, took.toNanos() / 1_000));
    }

    private static void writeLayers(
            ObjectNode json, DryRunReport report, BiConsumer<ObjectNode, Duration> time) {
        time.accept(json, report.took());
        ArrayNode layers = json.putArray("layers");
        report.layers().forEach(result -> layers.add(write(result, time)));
    }

    /** Reads what {@link #writeLayers} wrote. */
    public static DryRunReport readLayers(JsonNode json, @Nullable Problem problem) {
        List<LayerResult> layers = new ArrayList<>();
        json.required("layers").forEach(layer -> layers.add(read(layer)));
        return new DryRunReport(duration(json), layers, problem);
    }

    private static ObjectNode write(LayerResult result, BiConsumer<ObjectNode, Duration> time) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("layer", result.layer().wireName());
        return switch (result) {
            case Passed(_, var took, var message) -> {
                time.accept(json.put("status", PASSED), took);
                yield json.put("message", message);
            }
            case Failed(_, var took, var message, var check) -> {
                time.accept(json.put("status", FAILED), took);
                if (check != null) {
                    json.put("check", check);
                }
                yield json.put("message", message);
            }
            case Skipped(_, var message) -> json.put("status", SKIPPED).put("message", message);
            case NotReached _ -> json.put("status", NOT_REACHED);
        };
    }

    private static LayerResult read(JsonNode json) {
        Layer layer = Layer.ofWireName(json.required("layer").textValue());
        String message = json.path("message").asText();
        return switch (json.required("status").textValue()) {
            case PASSED -> new Passed(layer, duration(json), message);
            case FAILED ->
                    new Failed(
                            layer,
                            duration(json),
                            message,
                            json.hasNonNull("check") ? json.get("check").textValue() : null);
            case SKIPPED -> new Skipped(layer, message);
            case String _ -> new NotReached(layer);
        };
    }

    /** Milliseconds, in thousandths. */
    static BigDecimal millis(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos() / 1_000, 3);
    }

    private static Duration duration(JsonNode json) {
        return Duration.ofNanos(json.required(MICROS).longValue() * 1_000);
    }
}
