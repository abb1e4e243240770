package org.patchbay.connectivity.check;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.check.LayerLog.Outcome;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.model.validation.HostFields;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Detour;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkEvents;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.tunnel.Opening;
import org.patchbay.connectivity.transport.tunnel.Tunnel;
import org.patchbay.connectivity.transport.tunnel.TunnelPermits;
import org.patchbay.connectivity.transport.tunnel.Tunnels;
import org.patchbay.protocol.Problem;

/** One dry run; by one thread, which waits. */
final class Trial implements AutoCloseable {

    /** For a client to say goodbye. */
    private static final Duration CLOSING_MAX = Duration.ofSeconds(2);

    private final DryRun environment;
    private final Connection connection;

    private final Transport transport;

    /** What would run, with what its type takes from the installation. */
    private final Connection running;

    private final LayerLog log;
    private final Approach approach;

    /** Fails when the link is lost in the midst of the trial. */
    private final CompletableFuture<Done> lost = new CompletableFuture<>();

    /** Null before the layers that need it. */
    private @Nullable TransportClient client;

    /** Null before it is open, and where there is none. */
    private volatile @Nullable Opening opening;

    private volatile @Nullable Tunnel tunnel;

    Trial(DryRun environment, Connection connection) {
        this.environment = environment;
        this.connection = connection;
        this.transport = environment.transports().apply(connection.type());
        this.running = transport.running(connection);
        this.log = new LayerLog(environment.limit());
        this.approach =
                new Approach(
                        Endpoints.of(running).stream()
                                .map(one -> new EndpointProbe(one, running, context()))
                                .toList());
    }

    void run() throws InterruptedException {
        log.layer(Layer.CONFIGURATION, this::configuration);
        log.layer(Layer.MAPPING, this::mapping);
        log.layer(Layer.HOST_POLICY, this::hostPolicy);
        log.layer(Layer.TUNNEL, this::tunnel);
        log.layer(Layer.NAME_RESOLUTION, this::nameResolution);
        log.layer(Layer.TCP, this::tcp);
        log.layer(Layer.TLS, this::tls);
        log.layer(Layer.AUTHENTICATION, this::authentication);
        log.layer(Layer.ADDRESSES, this::addresses);
    }

    DryRunReport report() {
        return log.report();
    }

    private Outcome configuration() {
        orThrow(environment.checks().checkForm(connection));
        // To see whether the options are right, before anything is connected to.
        transport.trial(running, context());
        return new Outcome.Fine("The configuration is valid.");
    }

    private Outcome mapping() throws InterruptedException, TimeoutException {
        orThrow(log.await(environment.checks().checkMappers(connection)));
        int definitions = connection.mappingDefinitions().size();
        return new Outcome.Fine(
                definitions == 0
                        ? "There are mappers for all sources and targets."
                        : "All mappers were made, " + definitions + " of them as defined.");
    }

    private Outcome hostPolicy() throws InterruptedException, TimeoutException {
        orThrow(log.await(environment.checks().checkHosts(connection)));
        List<String> hosts =
                HostFields.of(connection).stream()
                        .map(HostFields.HostField::host)
                        .distinct()
                        .toList();
        return hosts.isEmpty()
                ? new Outcome.Unneeded("The connection names no host.")
                : new Outcome.Fine("May be reached: " + String.join(", ", hosts) + ".");
    }

    private Outcome tunnel() throws InterruptedException, TimeoutException {
        SshTunnel configured = connection.sshTunnel();
        if (configured == null) {
            return new Outcome.Unneeded("No tunnel is configured.");
        }
        if (!configured.enabled()) {
            return new Outcome.Unneeded("The tunnel is switched off.");
        }
        String server = configured.uri().host();
        var permits =
                new TunnelPermits(
                        address -> environment.allowed().test(server, address),
                        environment.checks().hosts()::allowsBeyondTunnel);
        Duration limit = log.left().dividedBy(2);
        Opening begun =
                Tunnels.of(environment.system())
                        .open(configured, permits, limit, lost::completeExceptionally);
        opening = begun;
        Tunnel open = log.await(begun.tunnel());
        tunnel = open;
        return new Outcome.Fine(open.description());
    }

    private boolean isTunnelled() {
        SshTunnel configured = connection.sshTunnel();
        return configured != null && configured.enabled();
    }

    private Outcome nameResolution() throws InterruptedException {
        if (isTunnelled()) {
            return new Outcome.Unneeded("The SSH server looks up the name.");
        }
        return new Outcome.Fine(approach.step(EndpointProbe::resolve, log.left()));
    }

    /** Half of what is left for each step, so that one mute endpoint does not use it up. */
    private Outcome tcp() throws InterruptedException {
        if (isTunnelled()) {
            return new Outcome.Fine(
                    approach.step(EndpointProbe::connectThrough, log.left().dividedBy(2)));
        }
        return new Outcome.Fine(approach.step(EndpointProbe::connect, log.left().dividedBy(2)));
    }

    private Outcome tls() throws InterruptedException {
        Endpoint endpoint = approach.left().getFirst().endpoint();
        if (!Endpoints.isSecure(endpoint)) {
            return new Outcome.Unneeded(
                    "With '" + endpoint.scheme() + "' the connection is not encrypted.");
        }
        return new Outcome.Fine(approach.step(EndpointProbe::secure, log.left().dividedBy(2)));
    }

    private Outcome authentication() throws InterruptedException, TimeoutException {
        // Else the endpoint would see two connections at once.
        approach.close();
        client = transport.trial(running, context());
        log.await(client.connect());
        String user = Endpoint.of(running).username();
        return new Outcome.Fine(
                user == null ? "Let in without a user's name." : "Let in as '" + user + "'.");
    }

    private Outcome addresses() throws InterruptedException, TimeoutException {
        TransportClient connected = Objects.requireNonNull(client);
        int count = 0;
        for (Source source : running.sources()) {
            CompletionStage<Done> granted =
                    connected
                            .consume(source)
                            .toMat(Sink.ignore(), Keep.left())
                            .run(environment.system());
            log.await(granted.applyToEither(lost, done -> done));
            count += source.addresses().size();
        }
        return count == 0
                ? new Outcome.Unneeded(
                        "Nothing is consumed. Targets are not tried: nothing is sent.")
                : new Outcome.Fine(
                        "Consuming is allowed, addresses: "
                                + count
                                + ". Targets are not tried: nothing is sent.");
    }

    private static void orThrow(Optional<Problem> problem) {
        problem.ifPresent(found -> {
            throw found.asException();
        });
    }

    private ClientContext context() {
        return new ClientContext(
                environment.system(),
                0,
                (host, address) -> isInstallations() || environment.allowed().test(host, address),
                log.left(),
                new LinkEvents() {
                    @Override
                    public void lost(Failure failure) {
                        lost.completeExceptionally(failure);
                    }

                    @Override
                    public void dropped(String address, String reason) {
                        // A trial takes no message.
                    }
                },
                isTunnelled() ? Detour.later(() -> tunnel) : null);
    }

    /** Whether it is the installation that says where it leads. */
    private boolean isInstallations() {
        return connection.type() == ConnectionType.HONO;
    }

    /** Waits for the client's goodbye, and closes its tunnel. */
    @Override
    public void close() {
        approach.close();
        TransportClient open = client;
        if (open != null) {
            await(open.close());
        }
        Opening begun = opening;
        if (begun != null) {
            await(begun.close());
        }
    }

    private static void await(CompletionStage<Done> closed) {
        try {
            closed.toCompletableFuture().get(CLOSING_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Whoever does not answer is left alone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
