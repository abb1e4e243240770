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

    /** Whoever gets this many wrong reads no more of them. */
    private static final int TOLD_MAX = 20;

    private final List<Finding> findings = new ArrayList<>();

    public void add(Finding finding) {
        findings.add(finding);
    }

    public void addAll(Findings others) {
        findings.addAll(others.findings);
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

    /** Whether something is wrong at this place, within it or around it. */
    public boolean touch(String pointer) {
        return findings.stream()
                .anyMatch(finding ->
                        holds(finding.pointer(), pointer) || holds(pointer, finding.pointer()));
    }

    private static boolean holds(String outer, String inner) {
        return inner.equals(outer) || inner.startsWith(outer.equals("/") ? "/" : outer + "/");
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
        return Optional.of(
                Problem.of(400, first.code(), first.sentence())
                        .describedBy(findings.size() == 1 ? first.allowed() : advice()));
    }

    private String advice() {
        String told =
                findings.stream()
                        .limit(TOLD_MAX)
                        .map(Finding::advice)
                        .collect(Collectors.joining("\n"));
        int more = findings.size() - TOLD_MAX;
        return more > 0 ? told + "\nAnd " + more + " more." : told;
    }
}
