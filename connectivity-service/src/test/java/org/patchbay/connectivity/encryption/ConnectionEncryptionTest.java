package org.patchbay.connectivity.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.encryption.ConnectionEncryption.Rewritten;
import org.patchbay.protocol.json.Json;

class ConnectionEncryptionTest {

    /** Stored by the first version that encrypted. */
    private static final String RECORDED =
            "{\"connection\":{\"id\":\"c\",\"credentials\":{\"password\":\"RECORDED\"}}}";

    private static final JsonNode EVENT =
            Json.parse(
                    """
                    {"at": "2026-01-02T03:04:05Z", "connection": {
                      "id": "c", "name": "secretive", "uri": "amqps://us%40er:s3cr%2Ft@[::1]:5671/vhost?x=1",
                      "sources": [{"addresses": ["a"]}], "clientCount": 2,
                      "credentials": {"type": "hmac", "algorithm": "aws4",
                        "parameters": {"region": "eu", "accessKey": "AK", "secretKey": "s3crKey", "n": 7}},
                      "sshTunnel": {"uri": "ssh://h:22", "credentials": {"type": "plain", "username": "u",
                        "password": "s3cr tunnel \u00fc\ud83d\ude00"}}}}
                    """);

    @Test
    void encrypts_the_values_at_the_pointers_and_nothing_else() {
        JsonNode stored = Keys.writing(Keys.ONE).toStore(EVENT);

        assertThat(stored.toString()).doesNotContain("s3cr").doesNotContain("\"AK\"");
        JsonNode connection = stored.get("connection");
        assertThat(connection.get("uri").asText())
                .startsWith("amqps://us%40er:aes256gcm.")
                .endsWith("@[::1]:5671/vhost?x=1");
        assertThat(others(connection)).isEqualTo(others(EVENT.get("connection")));
        assertThat(connection.at("/credentials/parameters/region").asText()).isEqualTo("eu");
        assertThat(connection.at("/sshTunnel/credentials/username").asText()).isEqualTo("u");
        assertThat(stored.get("at")).isEqualTo(EVENT.get("at"));
    }

    @Test
    void gives_back_what_was_stored() {
        ConnectionEncryption encryption = Keys.writing(Keys.ONE);

        assertThat(encryption.fromStore(stored(encryption.toStore(EVENT)))).isEqualTo(EVENT);
    }

    @Test
    void does_not_touch_the_document_it_is_given() {
        JsonNode before = EVENT.deepCopy();

        Keys.writing(Keys.ONE).toStore(EVENT);

        assertThat(EVENT).isEqualTo(before);
    }

    @Test
    void encrypts_an_equal_value_differently_each_time() {
        ConnectionEncryption encryption = Keys.writing(Keys.ONE);

        assertThat(encryption.toStore(EVENT).at("/connection/credentials/parameters/accessKey"))
                .isNotEqualTo(
                        encryption
                                .toStore(EVENT)
                                .at("/connection/credentials/parameters/accessKey"));
    }

    @Test
    void reads_what_was_stored_before_encryption_was_switched_on() {
        assertThat(Keys.writing(Keys.ONE).fromStore(EVENT)).isEqualTo(EVENT);
    }

    @Test
    void reads_with_the_old_key_and_writes_with_the_current_one() {
        JsonNode old = Keys.writing(Keys.ONE).toStore(EVENT);
        ConnectionEncryption rotating = Keys.writing(Keys.TWO, Keys.ONE);

        JsonNode read = rotating.fromStore(old);
        JsonNode rewritten = rotating.toStore(read);

        assertThat(read).isEqualTo(EVENT);
        assertThat(Keys.writing(Keys.TWO).fromStore(rewritten)).isEqualTo(EVENT);
        assertThat(unopened(Keys.writing(Keys.ONE).fromStore(rewritten))).hasSize(4);
    }

    @Test
    void switched_off_it_reads_with_the_old_key_and_writes_plain_text() {
        JsonNode old = Keys.writing(Keys.ONE).toStore(EVENT);
        ConnectionEncryption off = Keys.offReading(Keys.ONE);

        assertThat(off.fromStore(old)).isEqualTo(EVENT);
        assertThat(off.toStore(off.fromStore(old))).isEqualTo(EVENT);
    }

    @Test
    void a_value_that_no_key_opens_stays_as_it_is_and_is_named() {
        JsonNode stored = Keys.writing(Keys.ONE).toStore(EVENT);
        ConnectionEncryption other = Keys.writing(Keys.TWO);

        JsonNode read = other.fromStore(stored);

        assertThat(read).isEqualTo(stored);
        assertThat(unopened(read))
                .containsExactlyInAnyOrder(
                        "/uri",
                        "/credentials/parameters/accessKey",
                        "/credentials/parameters/secretKey",
                        "/sshTunnel/credentials/password");
        // and is not lost when it is written again, by whatever key
        assertThat(Keys.writing(Keys.ONE).fromStore(other.toStore(read))).isEqualTo(EVENT);
        assertThat(Keys.writing(Keys.ONE).fromStore(Keys.off().toStore(read))).isEqualTo(EVENT);
    }

    @Test
    void a_value_opens_nowhere_but_in_its_place() {
        ConnectionEncryption encryption = Keys.writing(Keys.ONE);
        ObjectNode stored = (ObjectNode) encryption.toStore(EVENT);

        ObjectNode elsewhere = stored.deepCopy();
        ObjectNode parameters = (ObjectNode) elsewhere.at("/connection/credentials/parameters");
        parameters.set("region", parameters.get("secretKey"));
        ObjectNode another = stored.deepCopy();
        ((ObjectNode) another.get("connection")).put("id", "d");

        assertThat(unopened(encryption.fromStore(elsewhere)))
                .containsExactly("/credentials/parameters/region");
        assertThat(unopened(encryption.fromStore(another))).hasSize(4);
    }

    @Test
    void a_value_that_was_tampered_with_does_not_open() {
        ConnectionEncryption encryption = Keys.writing(Keys.ONE);
        ObjectNode stored = (ObjectNode) encryption.toStore(EVENT);
        ObjectNode parameters = (ObjectNode) stored.at("/connection/credentials/parameters");
        String sealed = parameters.get("accessKey").asText();
        int middle = sealed.length() / 2;
        char other = sealed.charAt(middle) == 'A' ? 'B' : 'A';
        parameters.put(
                "accessKey", sealed.substring(0, middle) + other + sealed.substring(middle + 1));

        assertThat(unopened(encryption.fromStore(stored)))
                .containsExactly("/credentials/parameters/accessKey");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://host:1883, tcp://host:1883",
        "tcp://user@host:1883, tcp://user@host:1883",
        "tcp://user:@host:1883, tcp://user:@host:1883",
        "tcp://user:pw@host:1883, tcp://user:#@host:1883",
        "tcp://:pw@host:1883, tcp://:#@host:1883",
        "tcp://user:p:w@w@host:1883, tcp://user:#@host:1883",
        "tcp://[::1]:1883/a/b?c=d, tcp://[::1]:1883/a/b?c=d",
        "https://user:pw@host:1/p?q=1#f, https://user:#@host:1/p?q=1#f",
        "tcp://user:p/w@host:1883, #",
        "tcp://user:pw@host:1883/a@b, tcp://user:#@host:1883/a@b",
        "amqp://host:5672/v@x, amqp://host:5672/v@x",
        "user:pw@host, #",
        "anything, #",
        "'', ''",
    })
    void of_a_uri_the_password_is_secret_and_all_of_what_is_none(String uri, String stored) {
        ConnectionEncryption encryption = Keys.writing(Keys.ONE);
        ObjectNode event = connection("uri", uri);

        JsonNode written = encryption.toStore(event);

        assertThat(written.at("/connection/uri").asText().replaceAll("aes256gcm[\\w.-]+", "#"))
                .isEqualTo(stored);
        assertThat(encryption.fromStore(written)).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a-passphrase.example",
                "amqp://u:p@h",
                "aes256gcm.",
                "aes256gcm.00000000.",
                "aes256gcm.00000000.AAAA",
                "aes256gcm.zzzzzzzz.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                " "
            })
    void a_password_is_secret_as_a_whole_whatever_it_looks_like(String password) {
        ConnectionEncryption encryption = Keys.writing(Keys.ONE);
        ObjectNode event = connection("x", "");
        ((ObjectNode) event.get("connection")).putObject("credentials").put("password", password);

        JsonNode written = encryption.toStore(event);

        assertThat(written.toString()).doesNotContain('"' + password + '"');
        assertThat(encryption.fromStore(written)).isEqualTo(event);
    }

    @Test
    void a_pointer_means_all_elements_of_an_array_or_the_one_it_names() {
        var all = encryption("/targets/headerMapping/token, /tags");
        var second = encryption("/targets/1/headerMapping/token");
        ObjectNode event = connection("name", "n");
        ObjectNode connection = (ObjectNode) event.get("connection");
        connection.putArray("tags").add("s3cr-a").add("s3cr-b");
        for (int i = 0; i < 3; i++) {
            connection
                    .withArray("targets")
                    .addObject()
                    .putObject("headerMapping")
                    .put("token", "s3cr" + i);
        }

        assertThat(all.toStore(event).toString()).doesNotContain("s3cr");
        assertThat(second.toStore(event).toString())
                .contains("s3cr0")
                .doesNotContain("s3cr1")
                .contains("s3cr2");
        assertThat(all.fromStore(all.toStore(event))).isEqualTo(event);
        assertThat(Keys.writing(Keys.ONE).fromStore(all.toStore(event)))
                .as("read although the pointers are not configured any more")
                .isEqualTo(event);
    }

    @Test
    void a_pointer_to_what_is_no_text_does_nothing() {
        ConnectionEncryption encryption = encryption("/clientCount, /credentials, /a/b/c, /name/x");

        assertThat(encryption.toStore(EVENT)).isEqualTo(EVENT);
    }

    @Test
    void a_document_without_a_connection_stays_as_it_is() {
        JsonNode closed = Json.parse("{\"at\": \"2026-01-02T03:04:05Z\", \"uri\": \"x\"}");

        assertThat(Keys.writing(Keys.ONE).toStore(closed)).isSameAs(closed);
        assertThat(Keys.writing(Keys.ONE).fromStore(closed)).isSameAs(closed);
    }

    @Test
    void rewriting_changes_nothing_that_is_right_already() {
        ConnectionEncryption rotating = Keys.writing(Keys.TWO, Keys.ONE);
        Rewritten once = rotating.rewrite(Keys.writing(Keys.ONE).toStore(EVENT));

        assertThat(once.unopened()).isEmpty();
        assertThat(rotating.rewrite(once.json()).json()).isEqualTo(once.json());
        assertThat(Keys.writing(Keys.TWO).fromStore(once.json())).isEqualTo(EVENT);
        assertThat(Keys.off().rewrite(EVENT).json()).isEqualTo(EVENT);
        assertThat(Keys.offReading(Keys.TWO).rewrite(once.json()).json()).isEqualTo(EVENT);
    }

    @Test
    void rewriting_opens_what_is_not_to_be_encrypted_any_more() {
        JsonNode stored = encryption("/name").toStore(EVENT);

        JsonNode rewritten = encryption("/uri").rewrite(stored).json();

        assertThat(rewritten.at("/connection/name").asText()).isEqualTo("secretive");
        assertThat(rewritten.at("/connection/uri").asText()).contains("aes256gcm.");
    }

    @Test
    void rewriting_names_what_no_key_opens_and_does_the_rest() {
        ObjectNode stored = (ObjectNode) Keys.writing(Keys.THREE).toStore(EVENT);
        ((ObjectNode) stored.get("connection")).set("uri", EVENT.at("/connection/uri"));

        Rewritten rewritten = Keys.writing(Keys.TWO, Keys.ONE).rewrite(stored);

        assertThat(rewritten.unopened()).hasSize(3).doesNotContain("/uri");
        assertThat(rewritten.json().at("/connection/uri").asText()).contains("aes256gcm.");
    }

    @Test
    void reads_what_the_first_version_stored() {
        String sealed = "aes256gcm.2d10c0f9.AAECAwQFBgcICQoLycP2SVKaYx3eqVvb_1zUe40qvewsMKizR0ch";
        JsonNode stored = Json.parse(RECORDED.replace("RECORDED", sealed));

        assertThat(
                        Keys.writing(Keys.ONE)
                                .fromStore(stored)
                                .at("/connection/credentials/password")
                                .asText())
                .isEqualTo("recorded ü");
    }

    @Test
    void any_document_comes_back_through_any_change_of_keys() {
        Random random = new Random(20_260_102);
        List<ConnectionEncryption> stations =
                List.of(
                        Keys.off(),
                        Keys.writing(Keys.ONE),
                        Keys.writing(Keys.TWO, Keys.ONE),
                        Keys.writing(Keys.THREE, Keys.TWO),
                        Keys.offReading(Keys.THREE),
                        Keys.off());
        for (int i = 0; i < 300; i++) {
            ObjectNode event = JsonNodeFactory.instance.objectNode();
            event.set("connection", anyObject(random, 3));
            JsonNode stored = event;
            for (ConnectionEncryption station : stations) {
                stored = stored(station.rewrite(stored).json());
                assertThat(station.fromStore(stored)).isEqualTo(event);
            }
            assertThat(stored).isEqualTo(event);
        }
    }

    private static ObjectNode anyObject(Random random, int depth) {
        List<String> names =
                List.of("uri", "credentials", "password", "parameters", "secretKey", "x/y~z");
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            json.set(name, anyValue(random, depth));
        }
        return json;
    }

    private static JsonNode anyValue(Random random, int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> json.numberNode(random.nextInt());
            case 1 -> json.nullNode();
            case 2 -> json.textNode("tcp://u:" + anyText(random) + "@h:1");
            case 3, 4 -> json.textNode(anyText(random));
            case 5 -> anyObject(random, depth - 1);
            default -> {
                ArrayNode array = json.arrayNode();
                array.add(anyValue(random, depth - 1)).add(anyValue(random, depth - 1));
                yield array;
            }
        };
    }

    private static String anyText(Random random) {
        String alphabet = "ab:/@?#. %\u00e4\u20ac\n\"\\aes256gcm.";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(20);
        while (text.length() < length) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static ConnectionEncryption encryption(String pointers) {
        return ConnectionEncryption.of(
                Keys.config(
                        "encryption-enabled = true, symmetrical-key = \"%s\", json-pointers = \"%s\""
                                .formatted(Keys.ONE, pointers)));
    }

    private static ObjectNode connection(String field, String value) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.putObject("connection").put("id", "c").put(field, value);
        return event;
    }

    /** All fields but those that hold secrets. */
    private static JsonNode others(JsonNode connection) {
        ObjectNode others = connection.deepCopy();
        others.remove(List.of("uri", "credentials", "sshTunnel"));
        return others;
    }

    private static JsonNode stored(JsonNode json) {
        return Json.parse(Json.writeBytes(json));
    }

    private static List<String> unopened(JsonNode event) {
        return ConnectionEncryption.unopened(event.get("connection"));
    }
}
