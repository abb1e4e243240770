package org.patchbay.cluster.devops;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.patchbay.cluster.Role;

/** The services that operators name. Things and policies live on the same nodes. */
public enum Service {
    GATEWAY(Role.GATEWAY),
    CONNECTIVITY(Role.CONNECTIVITY),
    THINGS(Role.THINGS),
    POLICIES(Role.THINGS);

    private final Role role;

    Service(Role role) {
        this.role = role;
    }

    public static Optional<Service> of(String wireName) {
        return Arrays.stream(values())
                .filter(service -> service.wireName().equals(wireName))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of the nodes that offer it. */
    public Role role() {
        return role;
    }

    /** Its first actor, such as {@code /user/thingsRoot}. */
    public String root() {
        return "/user/" + wireName() + "Root";
    }
}
