package org.patchbay.connectivity.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.protocol.ProblemException;

class ConnectionUriTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "tcp://host:1, tcp, -, -, host, 1, ''",
                "AMQPS://u:p@h.example:5671/vhost, amqps, u, p, h.example, 5671, /vhost",
                "ssl://a%40b:p%3A%2B+@[::1]:8883, ssl, a@b, 'p:++', ::1, 8883, ''",
                "tcp://user@my_broker:1883, tcp, user, -, my_broker, 1883, ''",
                "https://h:443/a?b=c, https, -, -, h, 443, /a?b=c",
            })
    void the_parts_are_told_apart(
            String text,
            String scheme,
            String username,
            String password,
            String host,
            int port,
            String path) {
        ConnectionUri uri = ConnectionUri.parse(text);

        assertThat(uri.scheme()).isEqualTo(scheme);
        assertThat(uri.username()).isEqualTo(username);
        assertThat(uri.password()).isEqualTo(password == null ? null : new Secret(password));
        assertThat(uri.host()).isEqualTo(host);
        assertThat(uri.port()).isEqualTo(port);
        assertThat(uri.path()).isEqualTo(path);
        assertThat(uri.reveal()).isEqualTo(text);
    }

    @Test
    void the_password_does_not_show() {
        assertThat(ConnectionUri.parse("tcp://u:p:q@h:1/x@y")).hasToString("tcp://u:***@h:1/x@y");
    }

    @Test
    void another_endpoint_keeps_user_and_path() {
        ConnectionUri moved = ConnectionUri.parse("amqp://u:p@far:5672/v").at("127.0.0.1", 40_000);

        assertThat(moved.reveal()).isEqualTo("amqp://u:p@127.0.0.1:40000/v");
        assertThat(moved.host()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://user:s3cret@",
                "tcp://user:s3cret@host",
                "tcp://user:s3cret@host:99999",
                "tcp://user:s3cret@host:x",
                "tcp://user:s3 cret@host:1",
                "tcp://user:s3cr%et@host:1",
                "tcp://user:s3/cr#e?t@host:1",
                "tcp://user:x/s3cret@host:1/p@q",
                "tcp:user:s3cret@host:1",
                "tcp//user:s3cret@host:1",
                "user:s3cret@host:1",
                "s3cret@host//x",
                "://user:s3cret@host:1",
            })
    void the_password_of_what_is_no_uri_does_not_show_either(String text) {
        assertThatThrownBy(() -> ConnectionUri.parse(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().toJson().toString())
                                        .doesNotContain("s3")
                                        .doesNotContain("et@"));
    }
}
