package io.jenkins.plugins.qemush.cli;

import static io.jenkins.plugins.qemush.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.warm.SavedState;
import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import io.jenkins.plugins.qemush.engine.warm.StateLimits;
import io.jenkins.plugins.qemush.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of restored machines: an image whose machine is saved before each of them. */
abstract class WarmSetup {
    static final String RESTORED = "RESTORED";

    @TempDir
    static Path folder;

    static Tool tool;
    static SavedStates states;

    @BeforeAll
    static void tool() {
        tool = new Tool(folder).with("QEMU_SH_WARM", "auto");
        states = new SavedStates(folder.resolve("home").resolve("warm"), StateLimits.DEFAULT);
    }

    @BeforeEach
    void save() throws Exception {
        if (states.list().isEmpty()) {
            assertThat(tool.run("image", "warm", "--image", image()).status()).isZero();
        }
    }

    @AfterEach
    void nothingStaysBehind() {
        await().untilAsserted(() -> assertThat(tool.leftovers()).isEmpty());
    }

    static String image() throws Exception {
        return TestImages.folder("aarch64").toString();
    }

    static SavedState state() throws IOException {
        return states.list().get(0);
    }

    /** Why there is no state. */
    static String makerLog() throws IOException {
        Path log = states.root().resolve("maker.log");
        return Files.exists(log) ? Files.readString(log) : "no " + log;
    }

    static Tool.Result run(String script) throws Exception {
        return tool.run("run", "-vv", "--image", image(), "--", "sh", "-c", script);
    }
}
