package org.patchbay.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.patchbay.protocol.json.Json;

/**
 * What every {@link WireVocabulary} must show: each type is written as its golden file says and
 * read back as it was. The golden file of a type stands at {@code
 * src/test/resources/wire/NAME.json}, a second sample's at {@code NAME.2.json}; {@code
 * -Dgolden=write} writes those that are missing.
 *
 * <p>A golden file that has been released never changes: a type of another form gets another name.
 */
public interface WireContract {

    WireVocabulary vocabulary();

    /** At least one value of each type; together they fill every field. */
    List<Object> samples(Refs refs);

    /**
     * Whether the type has a meaningful {@code equals}; where not, only its written form is
     * compared.
     */
    default boolean hasEquals(Object sample) {
        return true;
    }

    @Test
    default void every_type_has_a_sample() {
        List<Object> samples = samples(new Refs());
        assertThat(vocabulary().types())
                .allSatisfy(type -> assertThat(samples).anyMatch(type.type()::isInstance));
    }

    @TestFactory
    default Stream<DynamicTest> is_written_as_its_golden_file_says_and_read_back() {
        Refs refs = new Refs();
        Map<String, Integer> count = new HashMap<>();
        return samples(refs).stream()
                .map(sample -> {
                    String name = refs.codec().nameOf(sample);
                    int n = count.merge(name, 1, Integer::sum);
                    String file = n == 1 ? name : name + "." + n;
                    return DynamicTest.dynamicTest(
                            file, () -> check(refs.codec(), sample, name, file));
                });
    }

    private void check(WireCodec codec, Object sample, String name, String file) {
        JsonNode written = Json.parse(Json.writeBytes(codec.write(sample)));
        JsonNode golden = golden(file, written);
        assertThat(written).isEqualTo(golden);

        Object read = codec.read(name, golden);
        assertThat(codec.write(read).toString()).isEqualTo(codec.write(sample).toString());
        if (hasEquals(sample)) {
            assertThat(read).isEqualTo(sample);
        }
    }

    private JsonNode golden(String file, JsonNode written) {
        try (InputStream in = getClass().getResourceAsStream("/wire/" + file + ".json")) {
            if (in != null) {
                return Json.parse(in.readAllBytes());
            }
            assertThat(System.getProperty("golden"))
                    .as("No golden file for " + file + ": run once with -Dgolden=write")
                    .isEqualTo("write");
            Path target = Path.of("src/test/resources/wire", file + ".json");
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.writeString(
                    target,
                    new ObjectMapper()
                                    .enable(SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(written)
                            + "\n");
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** References to actors for samples; on the wire they are their names. */
    final class Refs {

        private final Map<String, ActorRef<?>> byName = new HashMap<>();
        private final WireCodec codec =
                new WireCodec(WireTypes.onClassPath(), ref -> ref.path().name(), text -> get(text));

        @SuppressWarnings("unchecked")
        public <T> ActorRef<T> ref(String name) {
            return (ActorRef<T>)
                    byName.computeIfAbsent(name, _ -> TestInbox.<T>create(name).getRef());
        }

        public WireCodec codec() {
            return codec;
        }

        private ActorRef<?> get(String name) {
            return Objects.requireNonNull(byName.get(name), name);
        }
    }
}
