package io.jenkins.plugins.qemush.engine.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.vm.serial.ConsoleScripts;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Where a class's scripts are found, whatever it was loaded from. */
class ScriptFileTest {
    private static final String SCRIPT = "wake-setup.sh";

    /** Defines classes without saying where they are from, as Jenkins does on its agents. */
    private static final class FromNowhere extends ClassLoader {
        FromNowhere() {
            super(ScriptFileTest.class.getClassLoader());
        }

        Class<?> define(Class<?> type) throws IOException {
            try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(type.getName(), bytes, 0, bytes.length);
            }
        }
    }

    @Test
    void classThatWasSentToAnAgentHasItsScripts() throws Exception {
        Class<?> sent = new FromNowhere().define(ConsoleScripts.class);

        assertThat(sent.getProtectionDomain().getCodeSource().getLocation()).isNull();
        assertThat(ScriptFile.read(sent, SCRIPT)).isEqualTo(ScriptFile.read(ConsoleScripts.class, SCRIPT));
    }

    @Test
    void missingScriptIsNamed() {
        assertThatThrownBy(() -> ScriptFile.read(ConsoleScripts.class, "none.sh"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("none.sh is missing");
    }
}
