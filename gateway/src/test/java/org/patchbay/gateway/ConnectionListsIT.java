package org.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.gateway.GatewayFixture.Answer;

/** Lists of connections, longer than what is in memory at a time. */
class ConnectionListsIT {

    private static final String CONNECTIONS = "/api/2/connections";
    private static final String CONNECTION =
            """
            {"name": "listed", "connectionType": "mqtt", "connectionStatus": "closed",
             "uri": "tcp://broker.example:1883",
             "sources": [{"addresses": ["in"], "authorizationContext": ["nginx:ditto"], "qos": 0}]}
            """;
    private static final Pattern NEXT = Pattern.compile("<(.+)>; rel=\"next\"");
    private static final List<String> IDS =
            IntStream.range(0, 250).mapToObj("listed-%03d"::formatted).toList();

    private static GatewayFixture gateway;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        gateway = GatewayFixture.start(data);
        for (String id : IDS) {
            gateway.devops("PUT", CONNECTIONS + "/" + id, CONNECTION).has(201);
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void without_a_limit_all_are_listed() throws Exception {
        Answer whole = gateway.devops("GET", CONNECTIONS + "?cursor=listed-", "").has(200);
        Answer ids = gateway.devops("GET", CONNECTIONS + "?ids-only=true", "").has(200);

        assertThat(whole.json()).map(it -> it.path("id").textValue()).containsAll(IDS);
        assertThat(whole.json()).allMatch(it -> it.path("name").textValue().equals("listed"));
        assertThat(whole.header("content-type")).isEqualTo("application/json");
        assertThat(whole.header("link")).isEmpty();
        assertThat(ids.json()).map(JsonNode::textValue).containsAll(IDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ids-only=true", "fields=id", "fields=id,name"})
    void a_list_is_walked_page_by_page(String what) throws Exception {
        List<String> seen = new ArrayList<>();
        int pages = 0;
        String next = CONNECTIONS + "?limit=60&cursor=listed-&" + what;
        while (next != null) {
            Answer page = gateway.devops("GET", next, "").has(200);
            page.json()
                    .forEach(it ->
                            seen.add(it.isTextual() ? it.textValue() : it.path("id").textValue()));
            pages++;
            next = next(page);
        }

        assertThat(seen).isEqualTo(IDS);
        assertThat(pages).isEqualTo(5);
    }

    @Test
    void what_comes_and_goes_meanwhile_moves_nothing_else() throws Exception {
        gateway.devops("PUT", CONNECTIONS + "/moving-1", CONNECTION);
        gateway.devops("PUT", CONNECTIONS + "/moving-2", CONNECTION);
        gateway.devops("PUT", CONNECTIONS + "/moving-4", CONNECTION);
        Answer first =
                gateway.devops("GET", CONNECTIONS + "?ids-only=true&limit=2&cursor=moving-", "");

        gateway.devops("DELETE", CONNECTIONS + "/moving-2", "").has(204);
        gateway.devops("PUT", CONNECTIONS + "/moving-0", CONNECTION).has(201);
        gateway.devops("PUT", CONNECTIONS + "/moving-3", CONNECTION).has(201);
        Answer second = gateway.devops("GET", next(first), "");

        assertThat(first.json()).map(JsonNode::textValue).containsExactly("moving-1", "moving-2");
        assertThat(second.json()).map(JsonNode::textValue).containsExactly("moving-3", "moving-4");
        assertThat(next(second)).isNull();
        for (String id : List.of("moving-0", "moving-1", "moving-3", "moving-4")) {
            gateway.devops("DELETE", CONNECTIONS + "/" + id, "").has(204);
        }
    }

    @Test
    void the_link_keeps_what_else_was_asked_for() throws Exception {
        Answer page =
                gateway.devops(
                        "GET",
                        CONNECTIONS + "?fields=id,sources(addresses)&limit=1&cursor=listed-",
                        "");

        assertThat(next(page))
                .isEqualTo(
                        CONNECTIONS
                                + "?fields=id%2Csources%28addresses%29&limit=1&cursor=listed-000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=1001",
                "limit=99999999999",
                "limit=many",
                "limit=",
                "cursor=a%2Fb",
                "cursor=%00",
                "limit=1.5"
            })
    void what_is_no_page_is_refused(String query) throws Exception {
        gateway.devops("GET", CONNECTIONS + "?" + query, "")
                .hasError(400, "gateway:parameter.invalid");
    }

    @Test
    void a_long_list_has_a_head() throws Exception {
        Answer answer = gateway.devops("HEAD", CONNECTIONS, "").has(200);

        assertThat(answer.http().body()).isEmpty();
    }

    private static String next(Answer answer) {
        Matcher link = NEXT.matcher(answer.header("link"));
        return link.matches() ? link.group(1) : null;
    }
}
