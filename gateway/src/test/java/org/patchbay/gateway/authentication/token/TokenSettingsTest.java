package org.patchbay.gateway.authentication.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.placeholder.Template;

class TokenSettingsTest {

    private static final String SECTION = "ditto.gateway.authentication.oauth";

    @Test
    void by_default_there_are_no_issuers() {
        assertThat(read("").issuers()).isEmpty();
    }

    @Test
    void an_issuer_needs_its_address_and_nothing_else() {
        IssuerSettings issuer =
                read("openid-connect-issuers.mine.issuer = \"idp.example:9000/x/\"")
                        .issuers()
                        .getFirst();

        assertThat(issuer)
                .isEqualTo(
                        new IssuerSettings(
                                "mine",
                                List.of(new IssuerAddress("https", "idp.example:9000/x")),
                                Set.of(),
                                List.of(Template.parse("{{ jwt:sub }}")),
                                Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "idp.example,             https://idp.example",
        "https://idp.example/,    https://idp.example",
        "http://idp.example/x//,  http://idp.example/x",
        "HTTPS://idp.example,     https://idp.example",
        "localhost:9000,          https://localhost:9000",
        "[::1]:9000/a/b,          https://[::1]:9000/a/b"
    })
    void an_address_may_have_a_protocol(String text, String address) {
        assertThat(IssuerAddress.parse(text, "https")).hasToString(address);
    }

    @Test
    void settings_may_come_as_system_properties() {
        Properties properties = new Properties();
        String mine = SECTION + ".openid-connect-issuers.mine.";
        properties.put(mine + "issuer", "ignored.example");
        properties.put(mine + "issuers.0", "one.example");
        properties.put(mine + "issuers.1", "two.example");
        properties.put(mine + "auth-subjects.0", "{{ jwt:sub }}/{{ jwt:scp }}");

        IssuerSettings issuer =
                TokenSettings.of(
                                ConfigFactory.parseProperties(properties)
                                        .withFallback(ConfigFactory.load()),
                                SECTION)
                        .issuers()
                        .getFirst();

        assertThat(issuer.addresses())
                .extracting(IssuerAddress::place)
                .containsExactly("one.example", "two.example");
        assertThat(issuer.subjects())
                .containsExactly(Template.parse("{{ jwt:sub }}/{{ jwt:scp }}"));
    }

    @Test
    void an_issuer_may_be_written_as_its_address_alone() {
        assertThat(read("openid-connect-issuers.ory = \"https://localhost:9000/\"").issuers())
                .extracting(IssuerSettings::addresses)
                .containsExactly(List.of(new IssuerAddress("https", "localhost:9000")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "protocol = ftp                                             ; protocol",
                "allowed-clock-skew = -1s                                   ; allowed-clock-skew",
                "allowed-clock-skew = soon                                  ; allowed-clock-skew",
                "openid-connect-issuers.mine {}                             ; mine",
                "openid-connect-issuers.mine.issuer = \"\"                  ; mine.issuer",
                "openid-connect-issuers.mine.issuer = \"a b\"               ; mine.issuer",
                "openid-connect-issuers.mine.issuer = \"ftp://a.example\"   ; mine.issuer",
                "openid-connect-issuers.mine.issuer = \"a.example?b\"       ; mine.issuer",
                "openid-connect-issuers.mine.issuers = [a.example, \"\"]    ; mine.issuers",
                "openid-connect-issuers.\"a:b\".issuer = a.example          ; a:b",
                "openid-connect-issuers.mine { issuer = a.example, auth-subject = [x] } ; auth-subject",
                "openid-connect-issuers.mine { issuer = a.example, auth-subjects = [] } ; auth-subjects",
                "openid-connect-issuers.mine { issuer = a.example, auth-subjects = [\"{{ sub }}\"] } ; {{ sub }}",
                "openid-connect-issuers.mine { issuer = a.example, auth-subjects = [\"{{ thing:id }}\"] } ; thing:id",
                "openid-connect-issuers.mine { issuer = a.example, auth-subjects = [\"{{ jwt:sub | fn:no() }}\"] } ; fn:no",
                "openid-connect-issuers.mine { issuer = a.example, inject-claims-into-headers { authorization = x } } ; authorization",
                "openid-connect-issuers.mine { issuer = a.example, inject-claims-into-headers { ditto-x = x } } ; ditto-x",
                "openid-connect-issuers.mine { issuer = a.example, inject-claims-into-headers { \"a b\" = x } } ; a b",
                "openid-connect-issuers { a.issuer = x.example, b.issuer = \"https://x.example/\" } ; x.example"
            })
    void a_wrong_setting_is_named(String settings, String named) {
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(named);
    }

    private static TokenSettings read(String settings) {
        return TokenSettings.of(
                ConfigFactory.parseString(SECTION + " {\n" + settings + "\n}")
                        .withFallback(ConfigFactory.load()),
                SECTION);
    }
}
