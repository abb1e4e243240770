package org.patchbay.gateway.authentication;

import com.typesafe.config.Config;
import java.time.InstantSource;

/** Authentication for tests of what stands around it. */
public final class AuthenticationFixture {

    private AuthenticationFixture() {}

    /** Without anybody that issues tokens. */
    public static Authentication of(Config config) {
        return Authentication.of(
                AuthenticationConfig.of(config),
                Runnable::run,
                address -> {
                    throw new AssertionError("nobody is to be asked, not " + address);
                },
                InstantSource.system());
    }
}
