package org.patchbay.cluster;

import java.util.List;
import org.patchbay.cluster.wire.WireContract;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;

class RequestVocabularyTest implements WireContract {

    private static final Signal DELETE =
            Signal.command(
                    TopicPath.parse("org.acme/boiler/things/twin/commands/delete"),
                    JsonPointer.ROOT,
                    Headers.EMPTY,
                    null);

    @Override
    public WireVocabulary vocabulary() {
        return new RequestVocabulary();
    }

    @Override
    public List<Object> samples(Refs refs) {
        return List.of(
                new SignalRequest(
                        DELETE,
                        AuthorizationContext.of("nginx:ditto", "nginx:other"),
                        "connection-1",
                        refs.ref("aggregator")),
                new SignalRequest(DELETE, AuthorizationContext.of("nginx:ditto"), null, null),
                new SignalRequest(DELETE, AuthorizationContext.SUDO, null, null),
                new SignalWindow(
                        List.of(
                                new SignalRequest(
                                        DELETE,
                                        AuthorizationContext.of("nginx:ditto"),
                                        "connection-1",
                                        null),
                                new SignalRequest(
                                        DELETE,
                                        AuthorizationContext.of("nginx:ditto"),
                                        "connection-1",
                                        refs.ref("aggregator")))),
                new SignalAnswers(
                        List.of(
                                DELETE.respond(204, Headers.EMPTY.withCorrelationId("c-1"), null),
                                DELETE.fail(
                                        Problem.of(404, "things:thing.notfound", "There is none."),
                                        Headers.EMPTY))));
    }
}
