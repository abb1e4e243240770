package org.patchbay.connectivity.model.dryrun;

/**
 * What must be right one after the other for a connection to work, in the order in which a dry run
 * looks: first what needs no network.
 */
public enum Layer {
    /** The connection's JSON and the options of its type. */
    CONFIGURATION("configuration"),

    /** The mappers' options; scripts compile. */
    MAPPING("mapping"),

    /** Whether connections may reach the hosts it names. */
    HOST_POLICY("host-policy"),

    /** The SSH tunnel to the endpoint. */
    TUNNEL("tunnel"),

    /** The endpoint's host has an address. */
    NAME_RESOLUTION("name-resolution"),

    /** Something listens at the endpoint's port. */
    TCP("tcp"),

    /** Both sides trust the other's certificate. */
    TLS("tls"),

    /** The protocol's own greeting: it is the right protocol, and it lets us in. */
    AUTHENTICATION("authentication"),

    /** The addresses of sources and targets may be used. */
    ADDRESSES("addresses");

    private final String wireName;

    Layer(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The layer of this name. */
    public static Layer ofWireName(String name) {
        for (Layer layer : values()) {
            if (layer.wireName.equals(name)) {
                return layer;
            }
        }
        throw new IllegalArgumentException("no layer: " + name);
    }
}
