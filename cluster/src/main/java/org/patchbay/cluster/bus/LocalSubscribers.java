package org.patchbay.cluster.bus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.SignalKind;

/** The subscribers of this node, arranged for the question who gets a publication. Immutable. */
final class LocalSubscribers {

    static final LocalSubscribers NONE = new LocalSubscribers(Map.of(), Map.of());

    private record Subscriber(Interest interest, ActorRef<Publication> ref) {}

    /** Subscribers with the same subjects: the policy is asked once for all of them. */
    private record Group(AuthorizationContext who, List<Subscriber> subscribers) {}

    private final Map<SignalKind, Collection<Group>> byKind = new EnumMap<>(SignalKind.class);

    /** Who issues acknowledgements, by their labels. */
    private final Map<String, Set<ActorRef<Publication>>> issuers = new HashMap<>();

    /** Of those who bound what waits for them: whether a publication may be handed over. */
    private final Map<ActorRef<Publication>, Predicate<Publication>> admissions;

    LocalSubscribers(
            Map<ActorRef<Publication>, List<Interest>> interests,
            Map<ActorRef<Publication>, Predicate<Publication>> admissions) {
        this.admissions = Map.copyOf(admissions);
        Map<SignalKind, Map<Set<String>, Group>> groups = new EnumMap<>(SignalKind.class);
        interests.forEach((ref, wanted) -> {
            for (Interest interest : wanted) {
                interest.labels()
                        .forEach(label ->
                                issuers.computeIfAbsent(label, _ -> new HashSet<>()).add(ref));
                for (SignalKind kind : interest.kinds()) {
                    groups.computeIfAbsent(kind, _ -> new LinkedHashMap<>())
                            .computeIfAbsent(interest.subjects(), LocalSubscribers::group)
                            .subscribers()
                            .add(new Subscriber(interest, ref));
                }
            }
        });
        groups.forEach((kind, bySubjects) -> byKind.put(kind, List.copyOf(bySubjects.values())));
    }

    void deliver(SignalKind kind, Publication publication) {
        Set<ActorRef<Publication>> receivers = receivers(kind, publication);
        for (ActorRef<Publication> receiver : receivers) {
            Predicate<Publication> admits = admissions.get(receiver);
            if (admits == null || admits.test(publication)) {
                receiver.tell(publication);
            }
        }
        if (!issuers.isEmpty()) {
            WeakAcks.issue(publication, label -> isUnreached(label, receivers));
        }
    }

    private boolean isUnreached(String label, Set<ActorRef<Publication>> receivers) {
        Set<ActorRef<Publication>> here = issuers.get(label);
        return here != null && here.stream().noneMatch(receivers::contains);
    }

    private Set<ActorRef<Publication>> receivers(SignalKind kind, Publication publication) {
        Collection<Group> groups = byKind.get(kind);
        if (groups == null) {
            return Set.of();
        }
        String namespace = publication.signal().topic().namespace();
        Set<ActorRef<Publication>> receivers = new LinkedHashSet<>();
        for (Group group : groups) {
            boolean known = false;
            for (Subscriber candidate : group.subscribers()) {
                if (!wants(candidate, namespace, publication)) {
                    continue;
                }
                if (!known && !Readers.mayRead(group.who(), publication)) {
                    break;
                }
                known = true;
                receivers.add(candidate.ref());
            }
        }
        return receivers;
    }

    private static boolean wants(Subscriber subscriber, String namespace, Publication publication) {
        Interest interest = subscriber.interest();
        return (interest.namespaces().isEmpty() || interest.namespaces().contains(namespace))
                && (interest.origin() == null || !interest.origin().equals(publication.origin()));
    }

    private static Group group(Set<String> subjects) {
        return new Group(new AuthorizationContext(List.copyOf(subjects)), new ArrayList<>());
    }
}
