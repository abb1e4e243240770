package org.patchbay.connectivity.transport.mqtt.consuming;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is subscribed to for each of the sources. A broker may send a message once for each
 * subscription that matches, as mosquitto does over MQTT 5, and each would be taken for a message
 * of its own. So what another filter of no lower QoS covers is not subscribed to.
 *
 * <p>Filters that overlap without one of them covering the other are left as they are.
 */
public final class Subscriptions {

    /**
     * @param source which of the sources, in order
     */
    private record Wanted(int source, MqttTopicFilter filter, MqttQos qos) {

        boolean covers(Wanted other) {
            return qos.compareTo(other.qos) >= 0
                    && !filter.isShared()
                    && !other.filter.isShared()
                    && isSystems() == other.isSystems()
                    && filter.matches(other.filter);
        }

        /** Topics that begin so are not matched by a wildcard. */
        private boolean isSystems() {
            return filter.toString().startsWith("$");
        }
    }

    private final List<Wanted> all;
    private final Set<Wanted> covered;

    public Subscriptions(List<Inbox> sources) {
        all =
                IntStream.range(0, sources.size())
                        .boxed()
                        .flatMap(source ->
                                sources.get(source).filters().stream()
                                        .map(filter ->
                                                new Wanted(
                                                        source, filter, sources.get(source).qos())))
                        .distinct()
                        .toList();
        covered =
                IntStream.range(0, all.size())
                        .filter(this::isCovered)
                        .mapToObj(all::get)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Of filters that cover each other the first one stays. */
    private boolean isCovered(int index) {
        Wanted one = all.get(index);
        return IntStream.range(0, all.size())
                .filter(other -> other != index && all.get(other).covers(one))
                .anyMatch(other -> other < index || !one.covers(all.get(other)));
    }

    /** The filters to subscribe to for a source; none where others cover all of its. */
    public List<String> of(int source) {
        return texts(all.stream().filter(one -> one.source == source && !covered.contains(one)));
    }

    /**
     * The filters that those of a source cover. A session may still have them from when nothing
     * did.
     */
    public List<String> coveredBy(int source) {
        List<Wanted> kept =
                all.stream().filter(one -> one.source == source && !covered.contains(one)).toList();
        Set<String> subscribed =
                all.stream()
                        .filter(one -> !covered.contains(one))
                        .map(one -> one.filter.toString())
                        .collect(Collectors.toUnmodifiableSet());
        return texts(
                        covered.stream()
                                .filter(one -> kept.stream().anyMatch(wide -> wide.covers(one))))
                .stream()
                .filter(text -> !subscribed.contains(text))
                .toList();
    }

    private static List<String> texts(Stream<Wanted> wanted) {
        return wanted.map(one -> one.filter.toString()).distinct().toList();
    }
}
