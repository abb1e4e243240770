package org.patchbay.connectivity.model.dryrun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.dryrun.LayerResult.Failed;
import org.patchbay.connectivity.model.dryrun.LayerResult.NotReached;
import org.patchbay.connectivity.model.dryrun.LayerResult.Passed;
import org.patchbay.connectivity.model.dryrun.LayerResult.Skipped;
import org.patchbay.protocol.Problem;

/**
 * Whether a connection would work, and if not, where it ends.
 *
 * @param layers each exactly once, in order
 * @param problem what to answer who wants no report; null where the connection would work
 */
public record DryRunReport(Duration took, List<LayerResult> layers, @Nullable Problem problem) {

    public DryRunReport {
        layers = List.copyOf(layers);
    }

    /** A report on a connection that could not even be read. */
    public static DryRunReport unreadable(Problem problem) {
        List<LayerResult> layers = new ArrayList<>();
        layers.add(new Failed(Layer.CONFIGURATION, Duration.ZERO, problem.message(), null));
        for (Layer layer : Layer.values()) {
            if (layer != Layer.CONFIGURATION) {
                layers.add(new NotReached(layer));
            }
        }
        return new DryRunReport(Duration.ZERO, layers, problem);
    }

    public boolean succeeded() {
        return problem == null;
    }

    /** The problem, its description saying also which layer it is; null where there is none. */
    public @Nullable Problem explained() {
        if (problem == null) {
            return null;
        }
        String layers = layersInWords();
        String advice = problem.description();
        return problem.describedBy(advice == null ? layers : advice + "\n" + layers);
    }

    /** {@code Failed layer: tls (expired) after 12 ms. Passed: … Not reached: …} */
    private String layersInWords() {
        String failed = "";
        List<String> passed = new ArrayList<>();
        List<String> notReached = new ArrayList<>();
        for (LayerResult result : layers) {
            String name = result.layer().wireName();
            switch (result) {
                case Passed(_, var time, _) -> passed.add(name + " " + inMs(time));
                case Failed(_, var time, _, var check) ->
                        failed =
                                "Failed layer: "
                                        + name
                                        + (check == null ? "" : " (" + check + ")")
                                        + " after "
                                        + inMs(time)
                                        + ".";
                case Skipped _ -> {}
                case NotReached _ -> notReached.add(name);
            }
        }
        return failed + listed(" Passed: ", passed) + listed(" Not reached: ", notReached);
    }

    private static String listed(String title, List<String> names) {
        return names.isEmpty() ? "" : title + String.join(", ", names) + ".";
    }

    private static String inMs(Duration duration) {
        return DryRunJson.millis(duration).toPlainString() + " ms";
    }
}
