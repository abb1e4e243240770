package org.patchbay.connectivity.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Failure.Blame;

/**
 * The way to all endpoints of a connection side by side. A client needs just one of them, so a step
 * fails where it fails for all; the others are left behind.
 */
final class Approach implements AutoCloseable {

    /** Interruptible while they connect, which others are not; bounded in time by their users. */
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private final List<EndpointProbe> all;
    private List<EndpointProbe> left;

    Approach(List<EndpointProbe> all) {
        this.all = List.copyOf(all);
        this.left = this.all;
    }

    interface Step {
        String take(EndpointProbe probe, Duration limit) throws InterruptedException;
    }

    List<EndpointProbe> left() {
        return left;
    }

    /**
     * Takes a step towards all that are left.
     *
     * @return what was found, those left behind included
     * @throws Failure where nothing is left
     */
    String step(Step step, Duration limit) throws InterruptedException {
        if (left.isEmpty()) {
            throw Failure.byUser("It names no endpoint.", null).in(Layer.CONFIGURATION);
        }
        List<Callable<String>> steps =
                left.stream()
                        .<Callable<String>>map(probe -> () -> step.take(probe, limit))
                        .toList();
        List<Future<String>> taken =
                THREADS.invokeAll(steps, limit.toNanos(), TimeUnit.NANOSECONDS);
        List<EndpointProbe> further = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            EndpointProbe probe = left.get(i);
            try {
                found.add(taken.get(i).get());
                further.add(probe);
            } catch (CancellationException e) {
                failures.add(tooSlow(probe, limit));
            } catch (ExecutionException e) {
                failures.add(failure(e));
            }
        }
        if (further.isEmpty()) {
            throw together(failures);
        }
        left = further;
        failures.forEach(failure -> found.add("But: " + failure.description()));
        return String.join(" ", found);
    }

    private static Failure failure(ExecutionException e) {
        if (e.getCause() instanceof Failure failure) {
            return failure;
        }
        throw new IllegalStateException(e.getCause());
    }

    private static Failure tooSlow(EndpointProbe probe, Duration limit) {
        return Failure.bySystem(
                probe.endpoint() + " did not answer within " + limit.toMillis() + " ms.", null);
    }

    /** One failure as it is; of several the words of all, and the layer of the first. */
    private static Failure together(List<Failure> failures) {
        Failure first = failures.getFirst();
        if (failures.size() == 1) {
            return first;
        }
        String words = String.join(" ", failures.stream().map(Failure::description).toList());
        Failure all =
                failures.stream().allMatch(failure -> failure.blame() == Blame.USER)
                        ? Failure.byUser(words, first)
                        : Failure.bySystem(words, first);
        if (first.layer() == null) {
            return all;
        }
        return first.check() == null ? all.in(first.layer()) : all.in(first.layer(), first.check());
    }

    @Override
    public void close() {
        all.forEach(EndpointProbe::close);
    }
}
