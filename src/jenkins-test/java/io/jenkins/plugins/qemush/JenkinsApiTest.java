package io.jenkins.plugins.qemush;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the hand-written signatures in src/jenkins-api against the Jenkins that this build has. */
class JenkinsApiTest {
    private static final Path SOURCES = Path.of("src/jenkins-api/java");

    @TempDir
    static Path compiled;

    @BeforeAll
    static void compile() throws IOException {
        String[] arguments = Stream.concat(
                        Stream.of("-proc:none", "-nowarn", "-d", compiled.toString(), "-cp", classPath()),
                        sources().map(Path::toString))
                .toArray(String[]::new);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("classNames")
    void signatureIsThatOfJenkins(String name) throws Exception {
        try (URLClassLoader handWritten = onlyHandWritten()) {
            Class<?> promised = handWritten.loadClass(name);
            Class<?> real = getClass().getClassLoader().loadClass(name);
            assertThat(SignatureDifferences.between(promised, real)).isEmpty();
        }
    }

    static List<String> classNames() throws IOException {
        try (Stream<Path> all = Files.walk(compiled)) {
            return all.map(path -> compiled.relativize(path).toString())
                    .filter(path -> path.endsWith(".class"))
                    .map(path ->
                            path.substring(0, path.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    /** Before the real ones, which it must not see for any class that is written down here. */
    private static URLClassLoader onlyHandWritten() throws IOException {
        List<URL> urls = Stream.concat(
                        Stream.of(compiled),
                        Stream.of(classPath().split(File.pathSeparator)).map(Path::of))
                .map(JenkinsApiTest::url)
                .toList();
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            return all.filter(path -> path.toString().endsWith(".java")).toList().stream();
        }
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
