package org.patchbay.gateway.authentication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on when it is told to. */
public final class SettableClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-03-05T10:11:12Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration by) {
        now = now.plus(by);
    }
}
