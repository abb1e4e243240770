package org.patchbay.benchmarks.transports;

/** From where messages are consumed, and where they are published then. */
record Way(String in, String out) {}
