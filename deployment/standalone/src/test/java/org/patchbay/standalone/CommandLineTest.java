package org.patchbay.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.standalone.CommandLine.Demo;
import org.patchbay.standalone.CommandLine.Help;
import org.patchbay.standalone.CommandLine.Run;
import org.patchbay.standalone.CommandLine.ShowConfiguration;
import org.patchbay.standalone.CommandLine.Version;

class CommandLineTest {

    @Test
    void knows_its_commands() {
        assertThat(CommandLine.parse(List.of())).isEqualTo(new Run());
        assertThat(CommandLine.parse(List.of("demo"))).isEqualTo(new Demo());
        assertThat(CommandLine.parse(List.of("--help"))).isEqualTo(new Help());
        assertThat(CommandLine.parse(List.of("--version"))).isEqualTo(new Version());
        assertThat(CommandLine.parse(List.of("config")))
                .isEqualTo(new ShowConfiguration("", false));
        assertThat(CommandLine.parse(List.of("config", "--all")))
                .isEqualTo(new ShowConfiguration("", true));
        assertThat(CommandLine.parse(List.of("config", "a.b")))
                .isEqualTo(new ShowConfiguration("a.b", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "-v", "--demo", "demo now", "config --al", "config a b"})
    void refuses_what_it_does_not_know_and_points_to_the_help(String arguments) {
        assertThatThrownBy(() -> CommandLine.parse(List.of(arguments.split(" "))))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(arguments.replaceFirst("config ", ""))
                .hasMessageContaining("--help");
    }
}
