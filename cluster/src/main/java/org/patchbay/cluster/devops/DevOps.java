package org.patchbay.cluster.devops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.devops.DevOpsCommand.Answered;
import org.patchbay.cluster.devops.DevOpsCommand.Sent;
import org.patchbay.protocol.Problem;

/** Asks the nodes of a service what an operator wants of them. */
public final class DevOps implements Extension {

    private static final String INSTANCE = "patchbay.instance";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private final ActorSystem<?> system;
    private final String instance;

    /**
     * What the nodes of a service answered.
     *
     * @param byInstance the answers, by the names of the nodes; two nodes of one name are told
     *     apart by a number after it
     * @param others nodes that said that they are not the one asked for
     */
    public record Answers(Map<String, JsonNode> byInstance, List<String> others) {}

    private DevOps(ActorSystem<?> system) {
        this.system = system;
        String configured = system.settings().config().getString(INSTANCE).strip();
        this.instance =
                configured.isEmpty()
                        ? system.address().getHost().orElse(system.name())
                        : configured;
        system.systemActorOf(DevOpsActor.create(instance), DevOpsActor.NAME, Props.empty());
    }

    public static DevOps of(ActorSystem<?> system) {
        return Id.INSTANCE.get(system);
    }

    /** The name of this node among those of its services. */
    public String instance() {
        return instance;
    }

    /**
     * Asks every node of a service. One that does not answer in time is an error among the answers.
     */
    public CompletionStage<Answers> askAll(
            Service service, DevOpsCommand command, Duration timeout) {
        return ask(nodes(service), service, null, command, timeout);
    }

    /** Asks every node, whatever it offers. */
    public CompletionStage<Answers> askEverybody(DevOpsCommand command, Duration timeout) {
        return ask(nodes(_ -> true), Service.GATEWAY, null, command, timeout);
    }

    /** Asks any one node of a service, this one if it may. */
    public CompletionStage<Answers> askOne(
            Service service, DevOpsCommand command, Duration timeout) {
        List<Member> nodes = nodes(service);
        Member self = Cluster.get(system).selfMember();
        List<Member> one =
                nodes.contains(self) ? List.of(self) : nodes.subList(0, Math.min(1, nodes.size()));
        return ask(one, service, null, command, timeout);
    }

    /**
     * Asks the node of this name, or by its number from 1 on where none has such a name. Where
     * there is neither, the answers say which nodes there are.
     */
    public CompletionStage<Answers> ask(
            Service service, String instance, DevOpsCommand command, Duration timeout) {
        List<Member> nodes = nodes(service);
        return ask(nodes, service, instance, command, timeout)
                .thenCompose(answers -> {
                    int index = NUMBER.matcher(instance).matches() ? Integer.parseInt(instance) : 0;
                    return answers.byInstance().isEmpty() && index >= 1 && index <= nodes.size()
                            ? ask(List.of(nodes.get(index - 1)), service, null, command, timeout)
                            : CompletableFuture.completedStage(answers);
                });
    }

    /** What is wrong with a command, in the envelope in which Ditto's nodes answer that. */
    public static ObjectNode error(Problem problem, String service, String instance) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "devops.responses:errorResponse");
        json.put("status", problem.status());
        json.put("serviceName", service);
        json.put("instance", instance);
        json.set("payload", problem.toJson());
        return json;
    }

    private CompletionStage<Answers> ask(
            List<Member> nodes,
            Service service,
            @Nullable String wanted,
            DevOpsCommand command,
            Duration timeout) {
        List<CompletableFuture<Answered>> asked =
                nodes.stream()
                        .map(node -> ask(node.address(), service, wanted, command, timeout))
                        .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(_ -> collect(asked.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<Answered> ask(
            Address node,
            Service service,
            @Nullable String wanted,
            DevOpsCommand command,
            Duration timeout) {
        CompletionStage<Answered> answer =
                AskPattern.ask(
                        actorOf(node),
                        replyTo -> new Sent(command, service, wanted, replyTo),
                        timeout,
                        system.scheduler());
        return answer.exceptionally(failure -> silent(node, service, failure, timeout))
                .toCompletableFuture();
    }

    private static Answered silent(
            Address node, Service service, Throwable failure, Duration timeout) {
        String name = node.getHost().orElse("") + ":" + node.getPort().orElse(0);
        Problem problem =
                Problem.of(
                                408,
                                "command.timeout",
                                failure instanceof TimeoutException
                                        ? "The node did not answer within "
                                                + timeout.toMillis()
                                                + " ms."
                                        : "The node could not be asked.")
                        .describedBy(
                                "Whether it has carried out the command is not known. A longer wait is asked for"
                                        + " with the parameter 'timeout'.");
        return new Answered(name, error(problem, service.wireName(), name));
    }

    private static Answers collect(List<Answered> all) {
        Map<String, JsonNode> byInstance = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (Answered answered : all) {
            JsonNode json = answered.json();
            if (json == null) {
                others.add(answered.instance());
            } else {
                String name = answered.instance();
                for (int i = 1; byInstance.containsKey(name); i++) {
                    name = answered.instance() + i;
                }
                byInstance.put(name, json);
            }
        }
        return new Answers(byInstance, others);
    }

    private List<Member> nodes(Service service) {
        return nodes(member -> member.hasRole(service.role().wireName()));
    }

    /** Nodes that take part in the cluster, in an order that stays. */
    private List<Member> nodes(Predicate<Member> wanted) {
        return StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
                .filter(wanted)
                .filter(member -> takesPart(member.status()))
                .sorted(Comparator.comparing(member -> member.address().toString()))
                .toList();
    }

    private static boolean takesPart(MemberStatus status) {
        return status.equals(MemberStatus.up())
                || status.equals(MemberStatus.weaklyUp())
                || status.equals(MemberStatus.leaving());
    }

    private ActorRef<Sent> actorOf(Address node) {
        return ActorRefResolver.get(system).resolveActorRef(node + "/system/" + DevOpsActor.NAME);
    }

    private static final class Id extends ExtensionId<DevOps> {
        private static final Id INSTANCE = new Id();

        @Override
        public DevOps createExtension(ActorSystem<?> system) {
            return new DevOps(system);
        }

        private DevOps get(ActorSystem<?> system) {
            return apply(system);
        }
    }
}
