package org.patchbay.connectivity.encryption.migration;

/**
 * Documents by what became of them.
 *
 * @param processed rewritten
 * @param skipped right already, or changed or gone while they were looked at
 * @param failed hold something that no key opens, or can't be read
 */
public record Counts(long processed, long skipped, long failed) {

    static final Counts NONE = new Counts(0, 0, 0);
    static final Counts PROCESSED = new Counts(1, 0, 0);
    static final Counts SKIPPED = new Counts(0, 1, 0);
    static final Counts FAILED = new Counts(0, 0, 1);

    Counts plus(Counts more) {
        return new Counts(processed + more.processed, skipped + more.skipped, failed + more.failed);
    }
}
