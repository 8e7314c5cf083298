package io.jenkins.plugins.qemush.engine.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private Path mount;

    private ControlGroup of(String membership) throws IOException {
        Path file = Files.writeString(mount.resolve("membership"), membership);
        return ControlGroup.of(file, mount);
    }

    private void group(String path, String limit, long used, long cache) throws IOException {
        Path folder = Files.createDirectories(mount.resolve(path));
        Files.writeString(folder.resolve("memory.max"), limit + "\n");
        Files.writeString(folder.resolve("memory.current"), used * MEGABYTE + "\n");
        Files.writeString(folder.resolve("memory.stat"), "anon 1\ninactive_file " + cache * MEGABYTE + "\n");
    }

    @Test
    void cacheThatCanBeDroppedIsAvailable() throws Exception {
        group("a", Long.toString(1000 * MEGABYTE), 700, 100);

        assertThat(of("0::/a\n")).isEqualTo(new ControlGroup(1000, 400));
    }

    @Test
    void tightestGroupAboveCounts() throws Exception {
        group("a", Long.toString(500 * MEGABYTE), 300, 0);
        group("a/b", "max", 10, 0);

        assertThat(of("0::/a/b\n")).isEqualTo(new ControlGroup(500, 200));
    }

    @Test
    void containerThatSeesItsGroupAsTheRootIsLimited() throws Exception {
        group("", Long.toString(500 * MEGABYTE), 300, 0);

        assertThat(of("0::/somewhere/else\n")).isEqualTo(new ControlGroup(500, 200));
    }

    @Test
    void versionOneIsUnderstood() throws Exception {
        Path folder = Files.createDirectories(mount.resolve("memory/a"));
        Files.writeString(folder.resolve("memory.limit_in_bytes"), 800 * MEGABYTE + "\n");
        Files.writeString(folder.resolve("memory.usage_in_bytes"), 600 * MEGABYTE + "\n");
        Files.writeString(folder.resolve("memory.stat"), "total_inactive_file " + 50 * MEGABYTE + "\n");

        assertThat(of("5:cpu:/\n4:memory:/a\n0::/\n")).isEqualTo(new ControlGroup(800, 250));
    }

    @Test
    void numberThatStandsForNoLimitIsNone() throws Exception {
        group("a", "9223372036854771712", 100, 0);

        assertThat(of("0::/a\n").limit()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void hostWithoutControlGroupsHasNoLimit() throws Exception {
        assertThat(ControlGroup.of(mount.resolve("none"), mount).available()).isEqualTo(Long.MAX_VALUE);
    }
}
