package org.patchbay.standalone.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.patchbay.standalone.RunningSystem;
import org.patchbay.standalone.connections.SerialHistory.Answered;
import org.patchbay.standalone.connections.SerialHistory.Changed;
import org.patchbay.standalone.connections.SerialHistory.Seen;
import org.patchbay.standalone.connections.SerialHistory.State;

/** Many write to the same connections at once: the outcome is as if they had taken turns. */
@ExtendWith(RunningSystem.Shared.class)
class SerialOrderIT {

    private static final String CONNECTIONS = "/api/2/connections/";
    private static final List<String> IDS =
            IntStream.range(0, 8).mapToObj("serial-%d"::formatted).toList();
    private static final int REQUESTS = 200;
    private static final int WRITERS = 25;

    private static RunningSystem system;

    /** One of the requests, still to be sent. */
    private record Request(String id, String what, String name, String... headers) {}

    @BeforeAll
    static void start(RunningSystem running) {
        system = running;
    }

    @Test
    void creates_modifies_and_deletes_happen_in_some_order() throws Exception {
        List<Request> requests = requests(new Random(42));

        Map<String, List<Answered>> answers = sendAtOnce(requests);

        for (String id : IDS) {
            List<State> states = SerialHistory.explain(id, answers.get(id));
            assertEndsAs(id, states.getLast());
            assertRemembers(id, states);
        }
        assertThat(listed())
                .containsExactlyElementsOf(IDS.stream().filter(SerialOrderIT::exists).toList());
    }

    @RepeatedTest(4)
    void of_many_that_modify_on_the_same_condition_one_wins() throws Exception {
        String path = CONNECTIONS + "modified-once";
        String etag = present(path);

        List<HttpResponse<String>> answers =
                atOnce(
                        WRITERS,
                        i -> system.send("PUT", path, connection("writer-" + i), "if-match", etag));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 204).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 204)
                .allMatch(answer -> answer.statusCode() == 412);
        int winner =
                IntStream.range(0, WRITERS)
                        .filter(i -> answers.get(i).statusCode() == 204)
                        .findFirst()
                        .orElseThrow();
        assertThat(name(system.send("GET", path, ""))).isEqualTo("writer-" + winner);
    }

    @RepeatedTest(4)
    void of_many_that_delete_on_the_same_condition_one_wins() throws Exception {
        String path = CONNECTIONS + "deleted-once";
        String etag = present(path);

        List<Integer> statuses =
                atOnce(
                        WRITERS,
                        _ -> system.send("DELETE", path, "", "if-match", etag).statusCode());

        assertThat(statuses).filteredOn(status -> status == 204).hasSize(1);
        assertThat(statuses).filteredOn(status -> status != 204).containsOnly(404);
    }

    @RepeatedTest(4)
    void of_many_that_create_one_does() throws Exception {
        system.send("DELETE", CONNECTIONS + "created-once", "");

        List<Integer> statuses =
                atOnce(
                        WRITERS,
                        i ->
                                system.send(
                                                "PUT",
                                                CONNECTIONS + "created-once",
                                                connection("creator-" + i),
                                                "if-none-match",
                                                "*")
                                        .statusCode());

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status != 201).containsOnly(412);
    }

    /** Has a connection there; its ETag. */
    private static String present(String path) throws Exception {
        return system.send("PUT", path, connection("before"))
                .headers()
                .firstValue("etag")
                .orElseThrow();
    }

    private static List<Request> requests(Random random) {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String id = IDS.get(random.nextInt(IDS.size()));
            String name = "name-" + i;
            String guess = "\"rev:" + (1 + random.nextInt(12)) + "\"";
            requests.add(
                    switch (random.nextInt(9)) {
                        case 0, 1 -> new Request(id, "put", name);
                        case 2 -> new Request(id, "put-new", name, "if-none-match", "*");
                        case 3 -> new Request(id, "put-known", name, "if-match", "*");
                        case 4 -> new Request(id, "put-if", name, "if-match", guess);
                        case 5, 6 -> new Request(id, "delete", "");
                        case 7 -> new Request(id, "delete-if", "", "if-match", guess);
                        default -> new Request(id, "get", "");
                    });
        }
        return requests;
    }

    private static Map<String, List<Answered>> sendAtOnce(List<Request> requests) throws Exception {
        List<Answered> answered = atOnce(requests.size(), i -> send(requests.get(i)));
        Map<String, List<Answered>> byId = new TreeMap<>();
        for (int i = 0; i < requests.size(); i++) {
            byId.computeIfAbsent(requests.get(i).id(), _ -> new ArrayList<>()).add(answered.get(i));
        }
        return byId;
    }

    private static Answered send(Request request) throws Exception {
        String method = request.what().replaceAll("-.*", "").toUpperCase(java.util.Locale.ROOT);
        long began = System.nanoTime();
        HttpResponse<String> response =
                system.send(
                        method,
                        CONNECTIONS + request.id(),
                        method.equals("PUT") ? connection(request.name()) : "",
                        request.headers());
        return answered(request, began, System.nanoTime(), response);
    }

    private static Answered answered(
            Request request, long began, long ended, HttpResponse<String> response) {
        int status = response.statusCode();
        String what = request.what() + " " + request.name() + " answered with " + status;
        String condition = request.headers().length == 0 ? "" : request.headers()[1];
        return switch (request.what() + " " + status) {
            case "put 201", "put-new 201" ->
                    changed(request, what, began, ended, response, state -> !state.exists());
            case "put 204", "put-known 204" ->
                    changed(request, what, began, ended, response, State::exists);
            case "put-if 204", "delete-if 204" ->
                    changed(
                            request,
                            what,
                            began,
                            ended,
                            response,
                            state -> state.exists() && etag(state).equals(condition));
            case "delete 204" -> changed(request, what, began, ended, response, State::exists);
            case "put-new 412" -> new Seen(what, began, ended, State::exists);
            case "put-known 412", "delete 404", "delete-if 404", "get 404" ->
                    new Seen(what, began, ended, state -> !state.exists());
            case "put-if 412", "delete-if 412" ->
                    new Seen(
                            what,
                            began,
                            ended,
                            state -> !state.exists() || !etag(state).equals(condition));
            case "get 200" -> {
                State seen = new State(revision(response), name(response));
                yield new Seen(what + " " + seen, began, ended, seen::equals);
            }
            default -> throw new AssertionError(what + ": " + response.body());
        };
    }

    private static Changed changed(
            Request request,
            String what,
            long began,
            long ended,
            HttpResponse<String> response,
            java.util.function.Predicate<State> possible) {
        return new Changed(what, began, ended, revision(response), request.name(), possible);
    }

    private static void assertEndsAs(String id, State last) throws Exception {
        HttpResponse<String> response = system.send("GET", CONNECTIONS + id, "");
        assertThat(response.statusCode()).as(id).isEqualTo(last.exists() ? 200 : 404);
        if (last.exists()) {
            assertThat(new State(revision(response), name(response))).as(id).isEqualTo(last);
        }
    }

    private static void assertRemembers(String id, List<State> states) throws Exception {
        for (State state : states) {
            if (state.exists()) {
                HttpResponse<String> then =
                        system.send(
                                "GET",
                                CONNECTIONS + id,
                                "",
                                "at-historical-revision",
                                String.valueOf(state.revision()));
                assertThat(name(then)).as(id + " at " + state).isEqualTo(state.name());
            }
        }
    }

    private static boolean exists(String id) {
        try {
            return system.send("GET", CONNECTIONS + id, "").statusCode() == 200;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> listed() throws Exception {
        List<String> ids = new ArrayList<>();
        RunningSystem.json(
                        system.send("GET", "/api/2/connections?ids-only=true&cursor=serial-", "")
                                .body())
                .forEach(id -> ids.add(id.textValue()));
        ids.removeIf(id -> !id.startsWith("serial-"));
        return ids;
    }

    private interface Task<T> {
        T run(int number) throws Exception;
    }

    /** Each on a thread of its own, all let loose together; the results are in their order. */
    private static <T> List<T> atOnce(int count, Task<T> task) throws Exception {
        CountDownLatch ready = new CountDownLatch(count);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                running.add(
                        threads.submit(() -> {
                            ready.countDown();
                            go.await();
                            return task.run(number);
                        }));
            }
            ready.await();
            go.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    private static String etag(State state) {
        return "\"rev:" + state.revision() + "\"";
    }

    private static long revision(HttpResponse<String> response) {
        return Long.parseLong(response.headers().firstValue("entity-revision").orElseThrow());
    }

    private static String name(HttpResponse<String> response) {
        return RunningSystem.json(response.body()).path("name").asText();
    }

    private static String connection(String name) {
        return """
        {"name": "%s", "connectionType": "mqtt", "connectionStatus": "closed",
         "uri": "tcp://127.0.0.1:1",
         "sources": [{"addresses": ["in"], "authorizationContext": ["nginx:ditto"], "qos": 0}]}
        """
                .formatted(name);
    }
}
