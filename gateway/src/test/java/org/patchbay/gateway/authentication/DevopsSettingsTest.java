package org.patchbay.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.gateway.authentication.DevopsSettings.Access.ByPassword;
import org.patchbay.gateway.authentication.DevopsSettings.Access.ByToken;
import org.patchbay.gateway.authentication.DevopsSettings.Access.Everybody;

class DevopsSettingsTest {

    private static final String ISSUER = "oauth.openid-connect-issuers.mine.issuer = idp.example\n";
    private static final String BY_TOKEN = ISSUER + "devops-authentication-method = oauth2\n";

    @Test
    void a_password_opens_by_default() {
        DevopsSettings settings = read("");

        assertThat(opens(settings.devops(), "foobar")).isTrue();
        assertThat(opens(settings.status(), "foobar")).isTrue();
    }

    @Test
    void who_operates_may_look_but_not_the_other_way_round() {
        DevopsSettings settings = read("statusPassword = look, password = operate");

        assertThat(opens(settings.devops(), "look")).isFalse();
        assertThat(opens(settings.status(), "look")).isTrue();
        assertThat(opens(settings.status(), "operate")).isTrue();
    }

    @Test
    void tokens_open_for_nobody_until_subjects_are_named() {
        assertThat(read(BY_TOKEN).devops()).isEqualTo(new ByToken(Set.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"mine:a, mine:b,\"      | mine:a mine:b",
                "[\"mine:a\", \"mine:b\"] | mine:a mine:b",
                "\"mine:a:b\"             | mine:a:b"
            })
    void subjects_are_a_list_or_separated_by_commas(String text, String subjects) {
        assertThat(read(BY_TOKEN + "devops-oauth2-subjects = " + text).devops())
                .isEqualTo(new ByToken(Set.copyOf(List.of(subjects.split(" ")))));
    }

    @Test
    void subjects_of_the_status_are_its_own_and_those_of_operators() {
        DevopsSettings settings =
                read(
                        BY_TOKEN
                                + """
                                devops-oauth2-subjects = "mine:op"
                                status-authentication-method = oauth2
                                status-oauth2-subjects = "mine:viewer"
                                """);

        assertThat(settings.devops()).isEqualTo(new ByToken(Set.of("mine:op")));
        assertThat(settings.status()).isEqualTo(new ByToken(Set.of("mine:op", "mine:viewer")));
    }

    @Test
    void where_operators_come_by_token_their_old_password_opens_no_status_with_its_own() {
        DevopsSettings settings = read(BY_TOKEN + "statusPassword = look");

        assertThat(opens(settings.status(), "look")).isTrue();
        assertThat(opens(settings.status(), "foobar")).isFalse();
    }

    @Test
    void what_is_not_secured_is_open_to_everybody() {
        DevopsSettings settings = read("secured = false, status-secured = false");

        assertThat(settings.devops()).isEqualTo(new Everybody());
        assertThat(settings.status()).isEqualTo(new Everybody());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "password = \"\"                                          | DEVOPS_PASSWORD",
                "devops-authentication-method = digest                    | devops-authentication-method",
                "status-authentication-method = digest                    | status-authentication-method",
                "devops-authentication-method = oauth2                    | openid-connect-issuers",
                "status-authentication-method = oauth2                    | openid-connect-issuers",
                "oauth.openid-connect-issuers.mine.issuer = idp.example, devops-authentication-method = oauth2, devops-oauth2-subjects = \"alice\" | alice",
                "oauth.openid-connect-issuers.mine.issuer = idp.example, devops-authentication-method = oauth2, devops-oauth2-subjects = \"other:alice\" | other:alice",
                "oauth.protocol = ftp                                     | protocol",
                "secured = perhaps                                        | secured"
            })
    void a_wrong_setting_is_named(String settings, String named) {
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(named);
    }

    private static boolean opens(DevopsSettings.Access access, String password) {
        return access instanceof ByPassword(var passwords)
                && passwords.stream().anyMatch(one -> one.matches(password));
    }

    private static DevopsSettings read(String settings) {
        return DevopsSettings.of(
                ConfigFactory.parseString(
                                "ditto.gateway.authentication.devops {\n" + settings + "\n}")
                        .withFallback(ConfigFactory.load()));
    }
}
