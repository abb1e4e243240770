package org.patchbay.benchmarks.transports.ends;

/** From where messages are consumed, and where they are published then. */
public record Way(String in, String out) {}
