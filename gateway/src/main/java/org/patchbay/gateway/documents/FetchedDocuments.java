package org.patchbay.gateway.documents;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ClientTransport;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.HttpsConnectionContext;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.HttpCredentials;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.http.javadsl.settings.ConnectionPoolSettings;
import org.patchbay.gateway.authentication.token.Documents;

/**
 * Fetches documents over HTTP: no redirects, which could lead anywhere; nothing large, nothing that
 * takes long.
 */
public final class FetchedDocuments implements Documents {

    private static final long BYTES_MAX = 1 << 20;

    private final ActorSystem<?> system;
    private final Duration timeout;
    private final ConnectionPoolSettings pool;
    private final HttpsConnectionContext trust;

    public FetchedDocuments(ActorSystem<?> system, FetchSettings settings) {
        this.system = system;
        this.timeout = settings.timeout();
        this.pool = pool(system, settings);
        this.trust = ConnectionContext.httpsClient(Trust.context(settings.certificates()));
    }

    @Override
    public CompletionStage<byte[]> fetch(URI address) {
        HttpRequest request =
                HttpRequest.GET(address.toASCIIString())
                        .addHeader(RawHeader.create("Accept", "application/json"));
        return Http.get(system)
                .singleRequest(request, trust, pool, system.classicSystem().log())
                .thenCompose(answer -> body(address, answer))
                .toCompletableFuture()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletionStage<byte[]> body(URI address, HttpResponse answer) {
        if (answer.status().intValue() != 200) {
            answer.discardEntityBytes(system);
            return CompletableFuture.failedFuture(
                    new IOException(address + " answered " + answer.status()));
        }
        return answer.entity()
                .toStrict(
                        timeout.toMillis(),
                        BYTES_MAX,
                        org.apache.pekko.stream.Materializer.matFromSystem(system.classicSystem()))
                .thenApply(entity -> entity.getData().toArray());
    }

    private static ConnectionPoolSettings pool(ActorSystem<?> system, FetchSettings settings) {
        ClientConnectionSettings connection =
                ClientConnectionSettings.create(system.classicSystem());
        FetchSettings.Proxy proxy = settings.proxy();
        if (proxy != null) {
            InetSocketAddress at = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
            connection =
                    connection.withTransport(
                            proxy.user().isEmpty()
                                    ? ClientTransport.httpsProxy(at)
                                    : ClientTransport.httpsProxy(
                                            at,
                                            HttpCredentials.createBasicHttpCredentials(
                                                    proxy.user(), proxy.password())));
        }
        return ConnectionPoolSettings.create(system.classicSystem())
                .withConnectionSettings(connection)
                .withMaxRetries(0);
    }
}
