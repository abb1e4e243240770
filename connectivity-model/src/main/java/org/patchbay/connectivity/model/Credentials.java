package org.patchbay.connectivity.model;

/** How a connection proves who it is; replaced by the full set of types. */
public sealed interface Credentials {
    record Plain(String username, Secret password) implements Credentials {}
}
