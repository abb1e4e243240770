package org.patchbay.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.patchbay.protocol.json.Json;

/** A client of a WebSocket, the JDK's. */
final class TestSocket implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Reader reader;
    private final WebSocket socket;

    private static final class Reader implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();
        private final boolean paused;

        Reader(boolean paused) {
            this.paused = paused;
        }

        @Override
        public void onOpen(WebSocket opened) {
            if (!paused) {
                opened.request(1);
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(partial.toString());
                partial.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    private TestSocket(Reader reader, WebSocket socket) {
        this.reader = reader;
        this.socket = socket;
    }

    static TestSocket open(String base, String path, String authorization) throws Exception {
        return open(base, path, authorization, false);
    }

    /** One that reads nothing until {@link #read()}. */
    static TestSocket paused(String base, String path, String authorization) throws Exception {
        return open(base, path, authorization, true);
    }

    private static TestSocket open(String base, String path, String authorization, boolean paused)
            throws Exception {
        Reader reader = new Reader(paused);
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (!authorization.isEmpty()) {
            builder.header("authorization", authorization);
        }
        WebSocket socket =
                builder.buildAsync(URI.create(base.replace("http", "ws") + path), reader)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return new TestSocket(reader, socket);
    }

    static String basic(String user) {
        byte[] credentials = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    TestSocket send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    void sendInTwoParts(String first, String second) {
        socket.sendText(first, false).join();
        socket.sendText(second, true).join();
    }

    void sendBytes(byte[] data) {
        socket.sendBinary(ByteBuffer.wrap(data), true).join();
    }

    /** Sends the text and waits for its {@code :ACK}, which has to be the next that comes. */
    TestSocket start(String text) throws Exception {
        send(text);
        int mark = text.indexOf('?');
        assertThat(next()).isEqualTo((mark < 0 ? text : text.substring(0, mark)) + ":ACK");
        return this;
    }

    void read() {
        socket.request(1);
    }

    String next() throws Exception {
        String message = reader.messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message).as("a message").isNotNull();
        return message;
    }

    JsonNode nextJson() throws Exception {
        return Json.parse(next());
    }

    /** The next message, an error with this code. */
    JsonNode nextError(String code) throws Exception {
        JsonNode error = nextJson();
        assertThat(error.at("/value/error").asText()).as(error.toString()).isEqualTo(code);
        assertThat(error.at("/topic").asText()).endsWith("/errors");
        assertThat(error.at("/value/message").asText()).isNotEmpty();
        return error;
    }

    /** The last message before the end. */
    JsonNode lastJson() throws Exception {
        closeCode();
        String last = "";
        for (String one = reader.messages.poll(); one != null; one = reader.messages.poll()) {
            last = one;
        }
        return Json.parse(last);
    }

    /** Nothing else came before the answer to something sent now. */
    void hasNothingElse() throws Exception {
        send("STOP-SEND-EVENTS");
        assertThat(next()).isEqualTo("STOP-SEND-EVENTS:ACK");
    }

    int closeCode() throws Exception {
        return reader.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    boolean isClosed() {
        return reader.closed.isDone();
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        reader.closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).exceptionally(_ -> 0).join();
        socket.abort();
    }
}
