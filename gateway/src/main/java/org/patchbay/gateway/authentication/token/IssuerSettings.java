package org.patchbay.gateway.authentication.token;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.placeholder.Template;

/**
 * An issuer whose tokens are believed.
 *
 * @param name what its subjects begin with, before a colon
 * @param addresses what its tokens call it; each has keys of its own
 * @param audiences of which a token must name one; empty: any
 * @param subjects what becomes of a token's claims
 * @param headers what claims are added to a request as, by header name in lower case
 */
public record IssuerSettings(
        String name,
        List<IssuerAddress> addresses,
        Set<String> audiences,
        List<Template> subjects,
        Map<String, Template> headers) {

    private static final String ISSUER = "issuer";
    private static final String ISSUERS = "issuers";
    private static final String SUBJECTS = "auth-subjects";
    private static final String HEADERS = "inject-claims-into-headers";
    private static final String AUDIENCES = "audiences";
    private static final Set<String> KEYS =
            new TreeSet<>(Set.of(ISSUER, ISSUERS, SUBJECTS, HEADERS, AUDIENCES));
    private static final String SUBJECT_CLAIM = "{{ jwt:sub }}";

    private static final Pattern HEADER_NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");

    /** Headers that mean something to us or to HTTP: no claim may take their place. */
    private static final Pattern NOT_INJECTED =
            Pattern.compile(
                    "(x-)?ditto-.*|x-forwarded-.*|sec-.*|authorization|cookie|host|connection"
                            + "|content-.*|transfer-encoding|correlation-id|requested-acks"
                            + "|response-required|timeout|condition|channel|if-.*|version");

    public IssuerSettings {
        addresses = List.copyOf(addresses);
        audiences = Set.copyOf(audiences);
        subjects = List.copyOf(subjects);
        headers = Map.copyOf(headers);
    }

    /**
     * Reads the value under an issuer's name.
     *
     * @param path of all issuers, for messages
     * @param all the section that holds the issuers
     * @param protocol of addresses that don't say theirs
     */
    static IssuerSettings of(String path, Config all, String name, String protocol) {
        String key = ConfigUtil.joinPath(name);
        String own = path + "." + key;
        if (name.isBlank() || name.contains(":")) {
            throw bad(own, "must be a name without a colon: subjects begin with it");
        }
        if (all.getValue(key).valueType() == ConfigValueType.STRING) {
            return new IssuerSettings(
                    name,
                    List.of(address(own, all.getString(key), protocol)),
                    Set.of(),
                    List.of(Template.parse(SUBJECT_CLAIM)),
                    Map.of());
        }
        Config issuer = all.getConfig(key);
        issuer.root()
                .keySet()
                .forEach(found -> {
                    if (!KEYS.contains(found)) {
                        throw bad(
                                own + "." + found,
                                "is unknown; known are " + String.join(", ", KEYS));
                    }
                });
        return new IssuerSettings(
                name,
                addresses(own, issuer, protocol),
                issuer.hasPath(AUDIENCES) ? Set.copyOf(issuer.getStringList(AUDIENCES)) : Set.of(),
                subjects(own, issuer),
                headers(own, issuer));
    }

    private static List<IssuerAddress> addresses(String own, Config issuer, String protocol) {
        if (issuer.hasPath(ISSUERS) && !issuer.getStringList(ISSUERS).isEmpty()) {
            return issuer.getStringList(ISSUERS).stream()
                    .map(text -> address(own + "." + ISSUERS, text, protocol))
                    .toList();
        }
        if (!issuer.hasPath(ISSUER)) {
            throw bad(own, "must have an 'issuer', such as idp.example.com/realms/things");
        }
        return List.of(address(own + "." + ISSUER, issuer.getString(ISSUER), protocol));
    }

    private static IssuerAddress address(String key, String text, String protocol) {
        try {
            return IssuerAddress.parse(text, protocol);
        } catch (IllegalArgumentException e) {
            throw bad(
                    key,
                    "must be a host with an optional path, such as idp.example.com/realms/things,"
                            + " not '"
                            + text
                            + "'");
        }
    }

    private static List<Template> subjects(String own, Config issuer) {
        if (!issuer.hasPath(SUBJECTS)) {
            return List.of(Template.parse(SUBJECT_CLAIM));
        }
        List<Template> subjects =
                issuer.getStringList(SUBJECTS).stream()
                        .map(text -> template(own + "." + SUBJECTS, text))
                        .toList();
        if (subjects.isEmpty()) {
            throw bad(own + "." + SUBJECTS, "must hold at least one template, or be left out");
        }
        return subjects;
    }

    private static Map<String, Template> headers(String own, Config issuer) {
        if (!issuer.hasPath(HEADERS)) {
            return Map.of();
        }
        Config section = issuer.getConfig(HEADERS);
        Map<String, Template> headers = new LinkedHashMap<>();
        for (String found : section.root().keySet()) {
            String key = own + "." + HEADERS + "." + ConfigUtil.joinPath(found);
            String header = found.toLowerCase(Locale.ROOT);
            if (!HEADER_NAME.matcher(header).matches() || NOT_INJECTED.matcher(header).matches()) {
                throw bad(key, "must be a header name that has no meaning yet");
            }
            headers.put(header, template(key, section.getString(ConfigUtil.joinPath(found))));
        }
        return headers;
    }

    private static Template template(String key, String text) {
        Template template = Template.parse(text);
        Optional<Problem> fault = template.fault();
        if (fault.isPresent()) {
            throw bad(key, "holds the template '" + text + "': " + fault.get().message());
        }
        template.references().stream()
                .filter(reference -> !reference.family().equals(Claims.FAMILY))
                .findFirst()
                .ifPresent(other -> {
                    throw bad(
                            key,
                            "holds the template '"
                                    + text
                                    + "': only placeholders such as {{ jwt:sub }} exist here, not '"
                                    + other
                                    + "'");
                });
        return template;
    }

    private static ConfigException bad(String key, String why) {
        return new ConfigException.BadValue(key, why);
    }
}
