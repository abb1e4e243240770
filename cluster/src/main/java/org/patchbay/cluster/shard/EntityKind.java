package org.patchbay.cluster.shard;

import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.patchbay.cluster.Role;

/**
 * The kinds of sharded entities; the names are shard types on the wire and prefixes in the store.
 */
public enum EntityKind {
    CONNECTION("connection", Role.CONNECTIVITY),
    THING("thing", Role.THINGS),
    POLICY("policy", Role.THINGS);

    private final String wireName;
    private final Role role;
    private final EntityTypeKey<Ask> typeKey;

    EntityKind(String wireName, Role role) {
        this.wireName = wireName;
        this.role = role;
        this.typeKey = EntityTypeKey.create(Ask.class, wireName);
    }

    public String wireName() {
        return wireName;
    }

    /** The role of the nodes that host such entities. */
    public Role role() {
        return role;
    }

    public EntityTypeKey<Ask> typeKey() {
        return typeKey;
    }

    /** {@code connection:<id>}, {@code thing:<id>}, {@code policy:<id>}. */
    public String persistenceId(String id) {
        return wireName + ":" + id;
    }
}
