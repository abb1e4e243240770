package org.patchbay.connectivity.model.problems;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;

/** Collects what is wrong; the first finding gives the error its code, all of them stand in it. */
public final class Findings {

    private final List<Finding> findings = new ArrayList<>();

    public void add(Finding finding) {
        findings.add(finding);
    }

    /** Notes a wrong configuration. */
    public void wrong(String pointer, String what, String allowed) {
        add(new Finding(ConnectionProblems.CONFIGURATION_INVALID, pointer, what, allowed));
    }

    /** Notes a problem at a place. */
    public void wrong(String pointer, Problem problem) {
        add(Finding.of(pointer, problem));
    }

    /** The value of the step, or null where it throws a problem, which is noted. */
    public <T> @Nullable T attempt(String pointer, Supplier<T> step) {
        try {
            return step.get();
        } catch (ProblemException e) {
            wrong(pointer, e.problem());
            return null;
        }
    }

    public boolean isEmpty() {
        return findings.isEmpty();
    }

    public List<Finding> all() {
        return List.copyOf(findings);
    }

    /** The one error that tells of all findings; empty where nothing is wrong. */
    public Optional<Problem> problem() {
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        Finding first = findings.getFirst();
        String description =
                findings.size() == 1
                        ? first.allowed()
                        : findings.stream().map(Finding::advice).collect(Collectors.joining("\n"));
        return Optional.of(
                Problem.of(400, first.code(), first.sentence()).describedBy(description));
    }
}
