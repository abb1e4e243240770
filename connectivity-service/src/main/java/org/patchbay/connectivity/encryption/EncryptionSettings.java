package org.patchbay.connectivity.encryption;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.encryption.JsonTexts.Place;
import org.patchbay.protocol.json.JsonPointer;

/**
 * Whether and how connections are stored encrypted.
 *
 * @param enabled whether what is written is encrypted; reading opens what it finds, in any case
 * @param currentKey what is written is encrypted with this one
 * @param oldKey opens what was written before
 * @param pointers to the values that are encrypted; one that leads into an array means all its
 *     elements
 */
record EncryptionSettings(
        boolean enabled,
        @Nullable EncryptionKey currentKey,
        @Nullable EncryptionKey oldKey,
        Set<JsonPointer> pointers) {

    static final String SECTION = "ditto.connectivity.connection.encryption.";
    static final String ENABLED = SECTION + "encryption-enabled";
    static final String KEY = SECTION + "symmetrical-key";
    static final String OLD_KEY = SECTION + "old-symmetrical-key";
    private static final String POINTERS = SECTION + "json-pointers";
    private static final String URI = "uri";

    EncryptionSettings {
        pointers = Set.copyOf(pointers);
        if (enabled && currentKey == null) {
            throw new ConfigException.BadValue(
                    KEY,
                    "is needed where "
                            + ENABLED
                            + " is true: 32 bytes as base64, as `openssl rand -base64 32` writes them");
        }
    }

    static EncryptionSettings of(Config config) {
        return new EncryptionSettings(
                config.getBoolean(ENABLED),
                key(config, KEY),
                key(config, OLD_KEY),
                pointers(config));
    }

    /** The key that writing uses, or null where plain text is written. */
    @Nullable EncryptionKey writeKey() {
        return enabled ? currentKey : null;
    }

    /** What is written, for people to read and to compare. */
    String target() {
        EncryptionKey key = writeKey();
        return key == null
                ? "plain text"
                : key
                        + " at "
                        + pointers.stream()
                                .map(JsonPointer::toString)
                                .sorted()
                                .collect(Collectors.joining(", "));
    }

    /** All keys that reading may use. */
    List<EncryptionKey> keys() {
        return Stream.of(currentKey, oldKey).flatMap(Stream::ofNullable).toList();
    }

    /** What of this text is to be encrypted, or null where nothing is. */
    @Nullable SecretPart secretAt(Place place, String text) {
        if (text.isEmpty()
                || !(pointers.contains(place.names()) || pointers.contains(place.exact()))) {
            return null;
        }
        return place.exact().segments().getLast().equals(URI)
                ? SecretPart.ofUri(text)
                : SecretPart.whole(text);
    }

    private static @Nullable EncryptionKey key(Config config, String path) {
        String text = config.getString(path).strip();
        try {
            return text.isEmpty() ? null : EncryptionKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException.BadValue(
                    path,
                    "must be 32 bytes as base64, as `openssl rand -base64 32` writes them; "
                            + e.getMessage());
        }
    }

    /** A list, or a text with commas: that is what a variable can hold. */
    private static Set<JsonPointer> pointers(Config config) {
        boolean list = config.getValue(POINTERS).valueType() == ConfigValueType.LIST;
        List<String> texts =
                list
                        ? config.getStringList(POINTERS)
                        : Arrays.asList(config.getString(POINTERS).split(",", -1));
        return texts.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(EncryptionSettings::pointer)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static JsonPointer pointer(String text) {
        if (!text.startsWith("/") || JsonPointer.parse(text).isRoot()) {
            throw new ConfigException.BadValue(
                    POINTERS,
                    "must be JSON pointers such as /credentials/password, separated by commas, not '"
                            + text
                            + "'");
        }
        return JsonPointer.parse(text);
    }
}
