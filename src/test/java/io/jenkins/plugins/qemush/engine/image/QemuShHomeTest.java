package io.jenkins.plugins.qemush.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QemuShHomeTest {
    private static final Map<String, String> BOTH =
            Map.of("QEMU_SH_HOME", "/own", "XDG_DATA_HOME", "/data", "HOME", "/home/ä b");

    @Test
    void itsOwnVariableWins() {
        assertThat(QemuShHome.images(BOTH)).isEqualTo(Path.of("/own/images"));
    }

    @Test
    void thenTheDataHome() {
        assertThat(QemuShHome.in(Map.of("QEMU_SH_HOME", "", "XDG_DATA_HOME", "/data")))
                .isEqualTo(Path.of("/data/qemu-sh"));
    }

    @Test
    void elseTheUsersHome() {
        assertThat(QemuShHome.in(Map.of("HOME", "/home/ä b", "XDG_DATA_HOME", "relative")))
                .isEqualTo(Path.of("/home/ä b/.local/share/qemu-sh"));
    }
}
