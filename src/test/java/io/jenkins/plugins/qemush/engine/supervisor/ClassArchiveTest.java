package io.jenkins.plugins.qemush.engine.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    private Path folder;

    private Path jar(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static ClassArchive archive(String classPath) throws IOException {
        return ClassArchive.of(JAVA, classPath, System.getenv()).orElseThrow();
    }

    @Test
    void foldersHaveNoArchive() throws Exception {
        assertThat(ClassArchive.of(JAVA, jar("a.jar", "a") + File.pathSeparator + folder, System.getenv()))
                .isEmpty();
        assertThat(ClassArchive.of(JAVA, folder + "/*", System.getenv())).isEmpty();
    }

    @Test
    void changedJarHasAnotherArchive() throws Exception {
        String classPath = jar("a.jar", "a").toString();
        ClassArchive before = archive(classPath);
        assertThat(archive(classPath)).isEqualTo(before);

        jar("a.jar", "other");

        assertThat(archive(classPath)).isNotEqualTo(before);
    }

    @Test
    void javaIsToldOfAnArchiveThatIsThereAlone() throws Exception {
        ClassArchive archive = new ClassArchive(folder.resolve("a.jsa"));
        assertThat(archive.options()).isEmpty();

        Files.createFile(archive.file());

        assertThat(archive.options()).contains("-XX:SharedArchiveFile=" + archive.file());
    }

    @Test
    void archiveThatFitsNothingLetsJavaStartAsEver() throws Exception {
        ClassArchive archive = new ClassArchive(jar("a.jsa", "no archive"));
        Process java = new ProcessBuilder(JAVA.toString(), "-version")
                .redirectErrorStream(true)
                .start();
        String expected = new String(java.getInputStream().readAllBytes());

        ProcessBuilder told = new ProcessBuilder(JAVA.toString()).redirectErrorStream(true);
        told.command().addAll(archive.options());
        told.command().add("-version");
        Process with = told.start();

        assertThat(new String(with.getInputStream().readAllBytes()).replace(", sharing", ""))
                .isEqualTo(expected.replace(", sharing", ""));
        assertThat(with.waitFor()).isZero();
    }

    @Test
    void jarsOfAFolderAreInOneOrder() throws Exception {
        jar("b.jar", "");
        jar("a.jar", "");
        jar("c.txt", "");

        assertThat(SupervisorLauncher.jarsOf(folder))
                .isEqualTo(folder.resolve("a.jar") + File.pathSeparator + folder.resolve("b.jar"));
    }
}
