package org.patchbay.connectivity.model.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionValuesTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S", "30s, PT30S", "30, PT30S", "2m, PT2M", "168h, PT168H", "' 7 s ', PT7S",
        "1d,", "s,", "'',", "-1s,", "1.5s,", "99999999999s,"
    })
    void a_duration_has_a_number_and_a_unit(String text, Duration duration) {
        assertThat(OptionValues.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "' False ', false", "1,", "'',", "yes,"})
    void a_flag_is_true_or_false(String text, Boolean flag) {
        assertThat(OptionValues.flag(text)).isEqualTo(flag);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "-1, -1", "+3, 3", "' 0 ', 0", "1.5,", "0x1,", "9999999999999999999,"})
    void a_whole_number_has_digits_only(String text, Long number) {
        assertThat(OptionValues.wholeNumber(text)).isEqualTo(number);
    }

    @Test
    void a_list_stands_between_commas() {
        assertThat(OptionValues.list(" a, b ,,c")).containsExactly("a", "b", "", "c");
        assertThat(OptionValues.list(" ")).isEmpty();
    }
}
