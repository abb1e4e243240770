package org.patchbay.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.node.SourceTree;

/** What holds for the files of all modules, read from the sources. */
class HouseRulesTest {

    private static final int LINES_MAX = 400;

    /** Files that hold one idea and need more lines for it, each with the reason. */
    private static final List<String> MAY_BE_LONGER = List.of();

    @Test
    void every_folder_with_code_says_what_lives_there() throws IOException {
        assertThat(mainSources().map(Path::getParent).distinct())
                .isNotEmpty()
                .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }

    @Test
    void a_file_holds_one_idea() throws IOException {
        assertThat(mainSources().filter(file -> !MAY_BE_LONGER.contains(name(file))))
                .allSatisfy(file ->
                        assertThat(Files.readAllLines(file))
                                .as("lines of %s", file)
                                .hasSizeLessThanOrEqualTo(LINES_MAX));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static Stream<Path> mainSources() throws IOException {
        return SourceTree.mainFiles(".java").stream().filter(HouseRulesTest::isOfAPackage);
    }

    private static boolean isOfAPackage(Path file) {
        return file.toString().contains("/src/main/java/");
    }
}
