package org.patchbay.connectivity.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.protocol.json.JsonPointer;

class EncryptionSettingsTest {

    private static final String PLUS_AND_SLASH = "+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/8=";

    @Test
    void encryption_is_off_and_twelve_values_are_secrets_by_default() {
        EncryptionSettings settings = EncryptionSettings.of(Keys.config(""));

        assertThat(settings.enabled()).isFalse();
        assertThat(settings.keys()).isEmpty();
        assertThat(settings.pointers())
                .hasSize(12)
                .contains(JsonPointer.of("uri"), JsonPointer.of("credentials", "password"));
    }

    @Test
    void a_key_may_be_of_either_alphabet_with_padding_or_without() {
        EncryptionKey standard = EncryptionKey.parse(PLUS_AND_SLASH);

        assertThat(EncryptionKey.parse(PLUS_AND_SLASH.replace('+', '-').replace('/', '_')))
                .isEqualTo(standard);
        assertThat(EncryptionKey.parse(PLUS_AND_SLASH.replace("=", ""))).isEqualTo(standard);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2hvcnQ=",
                "not-a-key!",
                "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "AQEBAQEBAQEBAQEBAQEBAQEBAQEB*QEBAQEBAQEBAQE="
            })
    void a_wrong_key_is_refused_by_name_and_never_shown(String key) {
        assertThatThrownBy(() -> Keys.settings(true, key, null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("encryption.symmetrical-key")
                .hasMessageContaining("openssl rand -base64 32")
                .hasNoCause()
                .message()
                .doesNotContain(key)
                .hasLineCount(1);
        assertThatThrownBy(() -> Keys.settings(true, Keys.ONE, key))
                .hasMessageContaining("encryption.old-symmetrical-key");
    }

    @Test
    void encryption_needs_a_key() {
        assertThatThrownBy(() -> Keys.settings(true, null, Keys.ONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("encryption.symmetrical-key");
    }

    @Test
    void pointers_may_be_one_text_with_commas() {
        EncryptionSettings settings =
                EncryptionSettings.of(
                        Keys.config("json-pointers = \"/uri, /targets/headerMapping/token\""));

        assertThat(settings.pointers())
                .containsExactlyInAnyOrder(
                        JsonPointer.of("uri"), JsonPointer.of("targets", "headerMapping", "token"));
    }

    @ParameterizedTest
    @CsvSource({"uri", "/", "'/uri,credentials'"})
    void what_is_no_pointer_is_refused(String pointers) {
        assertThatThrownBy(() ->
                        EncryptionSettings.of(Keys.config("json-pointers = \"" + pointers + "\"")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("json-pointers");
    }

    @Test
    void shows_ids_of_keys_and_not_the_keys() {
        String shown = Keys.settings(true, Keys.ONE, Keys.TWO).toString();

        assertThat(shown).contains("key ").doesNotContain(Keys.ONE).doesNotContain(Keys.TWO);
        assertThat(Base64.getDecoder().decode(Keys.ONE)).hasSize(32);
    }
}
