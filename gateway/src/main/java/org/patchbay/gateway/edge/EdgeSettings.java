package org.patchbay.gateway.edge;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What holds for all requests.
 *
 * @param httpsForced whether what came to our proxy without TLS is turned away
 * @param redirects whether to where it would have to come, for browsers
 * @param notRedirected paths that are refused instead: what sends data should notice
 * @param cors whether pages of other origins may use this
 */
public record EdgeSettings(
        boolean httpsForced, boolean redirects, Pattern notRedirected, boolean cors) {

    private static final String SECTION = "ditto.gateway.http";
    private static final String BLOCKED = "redirect-to-https-blocklist-pattern";

    public static EdgeSettings of(Config config) {
        Config section = config.getConfig(SECTION);
        return new EdgeSettings(
                section.getBoolean("forcehttps"),
                section.getBoolean("redirect-to-https"),
                pattern(section.getString(BLOCKED)),
                section.getBoolean("enablecors"));
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new ConfigException.BadValue(
                    SECTION + "." + BLOCKED, "must be a regular expression, not '" + text + "'", e);
        }
    }
}
