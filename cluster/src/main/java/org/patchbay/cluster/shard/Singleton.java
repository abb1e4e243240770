package org.patchbay.cluster.shard;

import org.patchbay.cluster.Role;

/** The cluster singletons; each lives at {@code /user/<root>/<name>}. */
public enum Singleton {
    CONNECTION_IDS("connectivityRoot", "connectionIdsRetrieval", Role.CONNECTIVITY),
    ENCRYPTION_MIGRATION("connectivityRoot", "encryptionMigration", Role.CONNECTIVITY),
    CONNECTIONS_CLEANUP("connectivityRoot", "persistenceCleanup", Role.CONNECTIVITY),
    THINGS_CLEANUP("thingsRoot", "persistenceCleanup", Role.THINGS),
    POLICIES_CLEANUP("policiesRoot", "persistenceCleanup", Role.THINGS);

    private final String root;
    private final String wireName;
    private final Role role;

    Singleton(String root, String wireName, Role role) {
        this.root = root;
        this.wireName = wireName;
        this.role = role;
    }

    public String path() {
        return "/user/" + root + "/" + wireName;
    }

    public String wireName() {
        return wireName;
    }

    public Role role() {
        return role;
    }
}
