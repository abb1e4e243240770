package org.patchbay.standalone;

import java.util.Map;
import org.patchbay.standalone.configuration.Configuration;

/** The settings of a node as a start would find them. */
public final class SettingsOfNode {

    private SettingsOfNode() {}

    public static Configuration read(Map<String, String> environment) {
        return Settings.read(environment);
    }
}
