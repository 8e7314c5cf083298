package io.jenkins.plugins.qemush.engine.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PathPartsTest {
    private static final Path ROOT = Path.of("/");

    @Test
    void nameAloneLiesInTheWorkingDirectory() {
        assertThat(PathParts.folder(Path.of("disk.qcow2")))
                .isEqualTo(Path.of("").toAbsolutePath());
    }

    @Test
    void rootLiesInItselfAndIsItsOwnName() {
        assertThat(PathParts.folder(ROOT)).isEqualTo(ROOT);
        assertThat(PathParts.name(ROOT)).isEqualTo(ROOT);
    }

    @Test
    void nameIsTheLastOfThePath() {
        assertThat(PathParts.name(Path.of("/a/b"))).isEqualTo(Path.of("b"));
        assertThat(PathParts.folder(Path.of("/a/b"))).isEqualTo(Path.of("/a"));
    }
}
