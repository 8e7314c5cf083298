package io.jenkins.plugins.qemush.engine.image.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the initrd of Debian images finds the init of a root file system, whose links are not those of the initrd. */
class InitrdTest {
    private static final Path SCRIPT = Path.of("images/debian/initrd/init");

    @TempDir
    private Path root;

    @BeforeEach
    void systemd() throws Exception {
        Path program = root.resolve("usr/lib/systemd/systemd");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        link("lib", "/usr/lib");
        Files.createDirectories(root.resolve("usr/sbin"));
        link("sbin", "usr/sbin");
    }

    private void link(String path, String target) throws Exception {
        Files.createSymbolicLink(root.resolve(path), Path.of(target));
    }

    @ParameterizedTest(name = "{1} {0}")
    @CsvSource({
        "usr/sbin/init, /lib/systemd/systemd, '', /sbin/init",
        "usr/sbin/init, ../lib/systemd/systemd, '', /sbin/init",
        "usr/sbin/init, ../../../../../usr/lib/systemd/systemd, '', /sbin/init",
        "init, usr/lib/systemd/systemd, '', /init",
        "usr/sbin/init, /nowhere, '', /lib/systemd/systemd",
        "usr/sbin/init, init, '', /lib/systemd/systemd",
        "mine, /lib/systemd/systemd, /mine, /mine",
        "usr/sbin/init, /lib/systemd/systemd, /nowhere, none"
    })
    void initIsFoundWhereverItsLinksLead(String link, String target, String wanted, String found) throws Exception {
        link(link, target);
        String functions = Files.readString(SCRIPT)
                .replaceFirst("(?s).*\n(?=is_program\\(\\))", "")
                .replaceFirst("(?s)\nroot=LABEL.*", "")
                .replace("\"/root$", "\"" + root + "$");
        Process shell = new ProcessBuilder(
                        "busybox",
                        "sh",
                        "-c",
                        "bb=busybox init=" + wanted + "\n" + functions + "\nfind_init || echo none")
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).isEqualTo(found + "\n");
    }
}
