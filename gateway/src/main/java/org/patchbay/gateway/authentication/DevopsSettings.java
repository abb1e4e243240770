package org.patchbay.gateway.authentication;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchbay.gateway.authentication.password.Password;
import org.patchbay.gateway.authentication.token.IssuerSettings;
import org.patchbay.gateway.authentication.token.TokenSettings;

/**
 * Who operates this, and who may look how it is.
 *
 * @param tokens which tokens count where access is by token
 */
public record DevopsSettings(Access devops, Access status, TokenSettings tokens) {

    private static final String SECTION = "ditto.gateway.authentication.devops";

    /** What opens. */
    public sealed interface Access {

        /** No credentials are wanted, and none looked at. */
        record Everybody() implements Access {}

        /** The user devops with one of these. */
        record ByPassword(List<Password> passwords) implements Access {}

        /** A token with one of these subjects; nobody where there are none. */
        record ByToken(Set<String> subjects) implements Access {}
    }

    public static DevopsSettings of(Config config) {
        Config section = config.getConfig(SECTION);
        TokenSettings tokens = TokenSettings.of(config, SECTION + ".oauth");
        Access devops = devops(section);
        DevopsSettings settings = new DevopsSettings(devops, status(section), tokens);
        settings.requireIssuers("devops-authentication-method", settings.devops());
        settings.requireIssuers("status-authentication-method", settings.status());
        return settings;
    }

    private static Access devops(Config section) {
        if (!section.getBoolean("secured")) {
            return new Access.Everybody();
        }
        return isByToken(section, "devops-authentication-method")
                ? new Access.ByToken(subjects(section, "devops-oauth2-subjects"))
                : new Access.ByPassword(List.of(devopsPassword(section)));
    }

    /** Who operates this may look, too. */
    private static Access status(Config section) {
        if (!section.getBoolean("status-secured")) {
            return new Access.Everybody();
        }
        boolean operatorsByToken = isByToken(section, "devops-authentication-method");
        if (isByToken(section, "status-authentication-method")) {
            Set<String> subjects = new HashSet<>(subjects(section, "status-oauth2-subjects"));
            if (operatorsByToken) {
                subjects.addAll(subjects(section, "devops-oauth2-subjects"));
            }
            return new Access.ByToken(Set.copyOf(subjects));
        }
        String status = section.getString("statusPassword");
        if (status.isEmpty()) {
            return new Access.ByPassword(List.of(devopsPassword(section)));
        }
        return new Access.ByPassword(
                operatorsByToken
                        ? List.of(Password.of(status))
                        : List.of(devopsPassword(section), Password.of(status)));
    }

    private static boolean isByToken(Config section, String key) {
        return switch (section.getString(key)) {
            case "basic" -> false;
            case "oauth2" -> true;
            case String other -> throw bad(key, "must be basic or oauth2, not '" + other + "'");
        };
    }

    private static Password devopsPassword(Config section) {
        String password = section.getString("password");
        if (password.isEmpty()) {
            throw bad("password", "must not be empty (environment variable DEVOPS_PASSWORD)");
        }
        return Password.of(password);
    }

    /** A list, or a text separated by commas as a variable has it. */
    private static Set<String> subjects(Config section, String key) {
        List<String> texts =
                section.getValue(key).valueType() == ConfigValueType.STRING
                        ? Arrays.asList(section.getString(key).split(",", -1))
                        : section.getStringList(key);
        Set<String> subjects =
                texts.stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
        subjects.forEach(subject -> {
            int colon = subject.indexOf(':');
            if (colon < 1 || colon == subject.length() - 1) {
                throw bad(
                        key,
                        "must be subjects such as myprovider:alice, separated by commas, not '"
                                + subject
                                + "'");
            }
        });
        return subjects;
    }

    /** Access by tokens that nobody issues is a mistake, and locks everybody out. */
    private void requireIssuers(String key, Access access) {
        if (!(access instanceof Access.ByToken(var subjects))) {
            return;
        }
        Set<String> names =
                tokens.issuers().stream().map(IssuerSettings::name).collect(Collectors.toSet());
        if (names.isEmpty()) {
            throw bad(
                    key,
                    "is oauth2, but "
                            + SECTION
                            + ".oauth.openid-connect-issuers names no issuer of tokens");
        }
        subjects.forEach(subject -> {
            String name = subject.substring(0, subject.indexOf(':'));
            if (!names.contains(name)) {
                throw bad(
                        key,
                        "is oauth2, but the subject '"
                                + subject
                                + "' begins with none of the issuers in "
                                + SECTION
                                + ".oauth.openid-connect-issuers: "
                                + String.join(", ", names));
            }
        });
    }

    private static ConfigException bad(String key, String why) {
        return new ConfigException.BadValue(SECTION + "." + key, why);
    }
}
