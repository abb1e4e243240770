package org.patchbay.benchmarks.transports;

/** From where messages are consumed, and where they are published then. */
record Way(String in, String out) {

    static final Way PATCHBAY = new Way("patchbay.in", "patchbay.out");
    static final Way BARE = new Way("bare.in", "bare.out");
}
