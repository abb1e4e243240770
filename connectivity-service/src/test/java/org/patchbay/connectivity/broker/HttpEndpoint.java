package org.patchbay.connectivity.broker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JDK's HTTP server: takes whatever it is sent, and answers as it is told to. */
public final class HttpEndpoint implements TestBroker {

    /**
     * A request that came in.
     *
     * @param target path and query as they were sent
     * @param headers with names in lower case
     * @param clientPort of the connection it came over
     */
    public record Heard(
            String method,
            String target,
            Map<String, String> headers,
            String body,
            int clientPort) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** What to answer. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {

        public static Answer of(int status) {
            return new Answer(status, Map.of(), new byte[0]);
        }

        public static Answer of(int status, String contentType, String body) {
            return new Answer(
                    status,
                    Map.of("Content-Type", contentType),
                    body.getBytes(StandardCharsets.UTF_8));
        }

        public static Answer redirect(int status, String location) {
            return new Answer(status, Map.of("Location", location), new byte[0]);
        }
    }

    private final int port;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Map<String, Function<Heard, Answer>> answers = new ConcurrentHashMap<>();
    private volatile String password = PASSWORD;
    private @Nullable HttpServer server;

    private HttpEndpoint(int port) {
        this.port = port;
    }

    public static HttpEndpoint started() {
        HttpEndpoint made = new HttpEndpoint(Scratch.freePort());
        made.start();
        return made;
    }

    /** Of the user, from now on. */
    public void changePassword(String newPassword) {
        password = newPassword;
    }

    /** How requests to a path are answered, 200 and nothing else unless said. */
    public void answer(String path, Function<Heard, Answer> answer) {
        answers.put(path, answer);
    }

    /** What was sent to a path, in order. */
    public List<Heard> heard(String path) {
        return heard.stream().filter(one -> path(one).equals(path)).toList();
    }

    private static String path(Heard one) {
        return one.target().split("\\?", 2)[0];
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        try {
            HttpServer made =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            made.createContext("/", this::handle);
            made.start();
            server = made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
            Heard one =
                    new Heard(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            headers,
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8),
                            exchange.getRemoteAddress().getPort());
            heard.add(one);
            Answer answer =
                    letsIn(one)
                            ? answers.getOrDefault(path(one), _ -> Answer.of(200)).apply(one)
                            : Answer.of(401);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            int length = answer.body().length;
            exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
            if (length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    /** Other schemes than Basic are for whoever answers. */
    private boolean letsIn(Heard one) {
        String shown = one.header("authorization");
        String known = USER + ":" + password;
        return !shown.startsWith("Basic ")
                || shown.equals(
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(known.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Override
    public @Nullable String forbiddenAddress() {
        return null;
    }

    @Override
    public void close() {
        stop();
    }
}
