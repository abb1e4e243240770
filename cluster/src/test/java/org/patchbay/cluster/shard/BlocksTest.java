package org.patchbay.cluster.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.SignalAnswers;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.SignalWindow;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;

class BlocksTest {

    private static final Problem BLOCKED = Problem.of(429, "namespace.blocked", "Blocked.");

    @Test
    void each_signal_of_a_window_to_a_blocked_thing_is_refused() {
        // Given
        TestInbox<Object> sender = TestInbox.create();
        BehaviorTestKit<Ask> entity =
                BehaviorTestKit.create(Blocks.refuseAndLeave(BLOCKED, _ -> {}));
        Signal signal =
                Signal.command(
                        TopicPath.parse("org.acme/boiler/things/twin/commands/delete"),
                        JsonPointer.ROOT,
                        Headers.EMPTY,
                        null);
        SignalRequest request =
                new SignalRequest(signal, AuthorizationContext.of("nginx:ditto"), null, null);

        // When
        entity.run(new Ask(new SignalWindow(List.of(request, request)), sender.getRef()));

        // Then
        SignalAnswers answers = (SignalAnswers) sender.receiveMessage();
        assertThat(answers.answers())
                .hasSize(2)
                .allSatisfy(answer -> {
                    assertThat(answer.topic()).hasToString("org.acme/boiler/things/twin/errors");
                    assertThat(answer.status()).isEqualTo(429);
                });
    }
}
