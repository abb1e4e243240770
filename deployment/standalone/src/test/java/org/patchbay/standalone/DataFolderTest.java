package org.patchbay.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir Path folder;

    @Test
    void is_made_where_it_is_missing() {
        DataFolder.take(folder.resolve("a/b")).release();

        assertThat(folder.resolve("a/b")).isDirectory();
    }

    @Test
    void is_taken_by_one_at_a_time() {
        DataFolder first = DataFolder.take(folder);

        assertThatThrownBy(() -> DataFolder.take(folder))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("process " + ProcessHandle.current().pid());

        first.release();
        DataFolder.take(folder).release();
    }

    @Test
    void is_refused_where_it_cannot_be() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> DataFolder.take(file.resolve("data")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("PATCHBAY_DATA");
    }
}
