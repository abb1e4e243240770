package org.patchbay.standalone;

import java.util.List;

/** What the program is asked to do. */
sealed interface CommandLine {

    String HELP =
            """
            Usage: patchbay [COMMAND]

            Connects devices and systems to digital twins.

            Commands:
              (none)     run, until Ctrl-C or SIGTERM
              demo       run with an embedded MQTT broker, a simulated device and two connections
              config     show the configuration in effect and where each value came from;
                         config KEY shows a setting, a section or a variable's, config --all all
              --help     show this text
              --version  show the version

            The most important settings, as environment variables:
              PATCHBAY_HTTP_PORT  where HTTP is served (8080)
              PATCHBAY_HTTP_HOST  and on which address (all of the machine)
              PATCHBAY_DATA       the folder for all that is stored (./data)
              PATCHBAY_STORE      embedded or postgresql (embedded)
              DEVOPS_PASSWORD     password of the user devops (foobar)
              PATCHBAY_USERS      API users, as name:password separated by commas (ditto:ditto)
              PATCHBAY_CONFIG     a file of further settings, in HOCON
            docs/configuration.md has all of them.
            """;

    record Run() implements CommandLine {}

    record Demo() implements CommandLine {}

    /**
     * @param key of a setting or a section, or a variable; empty for all
     * @param everything what libraries come with, too
     */
    record ShowConfiguration(String key, boolean everything) implements CommandLine {}

    record Help() implements CommandLine {}

    record Version() implements CommandLine {}

    static CommandLine parse(List<String> arguments) {
        if (arguments.isEmpty()) {
            return new Run();
        }
        String first = arguments.getFirst();
        if (first.equals("config")) {
            return showConfiguration(arguments.subList(1, arguments.size()));
        }
        if (arguments.size() > 1) {
            throw new StartFailure(
                    "one command at most, not '" + String.join(" ", arguments) + "'; see --help");
        }
        return switch (first) {
            case "demo" -> new Demo();
            case "--help", "-h", "help" -> new Help();
            case "--version", "version" -> new Version();
            default -> throw new StartFailure("unknown command '" + first + "'; see --help");
        };
    }

    private static CommandLine showConfiguration(List<String> arguments) {
        if (arguments.isEmpty()) {
            return new ShowConfiguration("", false);
        }
        String argument = arguments.getFirst();
        boolean everything = argument.equals("--all");
        if (arguments.size() > 1 || argument.startsWith("-") && !everything) {
            throw new StartFailure(
                    "config takes a key, a variable or --all, not '%s'; see --help"
                            .formatted(String.join(" ", arguments)));
        }
        return new ShowConfiguration(everything ? "" : argument, everything);
    }
}
