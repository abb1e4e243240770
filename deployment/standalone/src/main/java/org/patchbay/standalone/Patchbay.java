package org.patchbay.standalone;

import java.net.InetSocketAddress;
import java.util.List;
import org.patchbay.standalone.CommandLine.Demo;
import org.patchbay.standalone.CommandLine.Help;
import org.patchbay.standalone.CommandLine.Run;
import org.patchbay.standalone.CommandLine.ShowConfiguration;
import org.patchbay.standalone.CommandLine.Version;

/** The main class. What can't run says so in one line on stderr and exits with 1. */
public final class Patchbay {

    private static final String LOGGING = "logback.configurationFile";

    private Patchbay() {}

    public static void main(String[] arguments) throws InterruptedException {
        // By a name of its own: libraries bring a logback.xml, and the first on the class path
        // would win.
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "patchbay-logback.xml");
        }
        try {
            switch (CommandLine.parse(List.of(arguments))) {
                case Help _ -> System.out.print(CommandLine.HELP);
                case Version _ -> System.out.println("Patchbay " + version());
                case ShowConfiguration show -> ConfigMode.run(show, System.getenv());
                case Run _ -> run(false);
                case Demo _ -> run(true);
            }
        } catch (StartFailure e) {
            e.lines().forEach(line -> System.err.println("patchbay: " + line));
            System.exit(1);
        }
    }

    private static void run(boolean withDemo) throws InterruptedException {
        Program program = Program.start(Settings.load(System.getenv()));
        Ending ending = new Ending();
        ending.lastly(program::stop);
        InetSocketAddress listening = program.awaitReady();
        System.out.println(Banner.of(program.settings(), listening));
        if (withDemo) {
            DemoMode.run(program.settings(), Banner.url(listening), ending);
        }
        throw program.awaitFailure();
    }

    private static String version() {
        String version = Patchbay.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }
}
