package org.patchbay.connectivity.path.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.connectivity.path.Addresses;
import org.patchbay.connectivity.path.HeaderMapping;
import org.patchbay.connectivity.path.ImplicitContentType;
import org.patchbay.connectivity.path.MapperChain;
import org.patchbay.connectivity.path.MapperRunner;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.patchbay.protocol.placeholder.Template;

/** Makes messages of a target's signals: mapped, with the target's headers, addressed. */
final class TargetMapping {

    private static final Ending NO_RESULT =
            Ending.of(Reason.MAPPED_TO_NOTHING, "Its mapping has no result.");
    private static final Ending NOWHERE =
            Ending.of(Reason.NO_ADDRESS, "The target's address has no value for it.");

    private final MapperRunner mappers;
    private final HeaderMapping headerMapping;
    private final Template address;
    private final @Nullable Integer qos;
    private final Surroundings surroundings;
    private final Monitor monitor;

    /**
     * What a signal came to.
     *
     * @param lost how it ended where no message came of it: at least one, or there is a message
     */
    record Mapped(List<Outbound> messages, List<Ending> lost) {}

    TargetMapping(PathContext context, Target target, Monitor monitor) {
        this.mappers = MapperRunner.of(context, target.payloadMapping());
        this.headerMapping = HeaderMapping.of(target.headerMapping());
        this.address = Template.parse(target.address());
        this.qos = target.qos();
        this.surroundings = Surroundings.of(context.connection().id());
        this.monitor = monitor;
    }

    /** Never fails. */
    CompletionStage<Mapped> map(Signal signal) {
        return mappers.run(chain -> chain.outbound(signal))
                .thenApply(all -> messages(signal, all))
                .exceptionally(e -> unforeseen(signal, e));
    }

    private Mapped unforeseen(Signal signal, Throwable e) {
        Ending ending = Ending.of(Reason.MAPPING_FAILED, "It could not be mapped: " + e);
        dropped(signal, ending);
        return new Mapped(List.of(), List.of(ending));
    }

    private Mapped messages(Signal signal, List<MapperChain.Mapped<ExternalMessage>> mapped) {
        if (mapped.isEmpty()) {
            return new Mapped(List.of(), List.of(NO_RESULT));
        }
        List<Outbound> messages = new ArrayList<>(1);
        List<Ending> lost = new ArrayList<>(0);
        for (MapperChain.Mapped<ExternalMessage> one : mapped) {
            switch (one) {
                case MapperChain.Mapped.Failure<ExternalMessage>(var problem, _) -> {
                    Ending ending = Ending.of(Reason.MAPPING_FAILED, problem);
                    monitor.failure(
                            MetricType.MAPPED,
                            signal.headers(),
                            signal.entityId(),
                            "Not mapped: " + ending.text());
                    lost.add(ending);
                }
                case MapperChain.Mapped.Message<ExternalMessage>(var message) -> {
                    monitor.success(
                            MetricType.MAPPED, signal.headers(), signal.entityId(), "Mapped.");
                    address(signal, message, messages, lost);
                }
            }
        }
        return new Mapped(messages, lost);
    }

    private void address(
            Signal signal, ExternalMessage message, List<Outbound> messages, List<Ending> lost) {
        Signal visible = signal.with(ImplicitContentType.hidden(signal.headers()));
        SignalPlaceholders placeholders = SignalPlaceholders.outbound(visible, surroundings);
        try {
            Optional<String> to = Addresses.resolve(address, placeholders);
            if (to.isEmpty()) {
                lost.add(dropped(signal, NOWHERE));
                return;
            }
            Headers headers = message.headers().withAll(headerMapping.resolve(placeholders));
            messages.add(new Outbound(to.get(), headers, message.payload(), qos));
        } catch (ProblemException e) {
            lost.add(dropped(signal, Ending.of(Reason.ADDRESSING_FAILED, e.problem())));
        }
    }

    private Ending dropped(Signal signal, Ending ending) {
        monitor.failure(MetricType.DROPPED, signal.headers(), signal.entityId(), ending.text());
        return ending;
    }
}
