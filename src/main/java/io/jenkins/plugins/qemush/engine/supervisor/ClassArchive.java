package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.image.QemuShHome;
import io.jenkins.plugins.qemush.engine.warm.FileStamp;
import io.jenkins.plugins.qemush.engine.warm.Fingerprint;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The classes of this program as its Java keeps them in memory (class data sharing): a Java that maps them starts faster than
 * one that reads, checks and links each. Made by {@link ClassTraining} in the background, for one Java and one class path; to
 * any other it is of no use, and does no harm.
 *
 * @param file below {@link QemuShHome}; need not exist
 */
record ClassArchive(Path file) {
    /** Names a link to the archive, for a program that is started by a script: it cannot compute the name. */
    private static final String LINK = "qemush.classes";

    private static final String JAR = ".jar";

    /**
     * The archive for a class path; empty when there can be none, since folders cannot be archived.
     *
     * @param environment of the Java that is to use it
     */
    static Optional<ClassArchive> of(Path java, String classPath, Map<String, String> environment) throws IOException {
        List<String> facts = new ArrayList<>(List.of(classPath));
        for (String entry : classPath.split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (!entry.endsWith(JAR) || !Files.isRegularFile(jar)) {
                return Optional.empty();
            }
            facts.add(FileStamp.of(jar).toString());
        }
        facts.add(FileStamp.of(java).toString());
        String name = Fingerprint.of(facts).digest().substring(0, 16);
        return Optional.of(
                new ClassArchive(QemuShHome.in(environment).resolve("classes").resolve(name + ".jsa")));
    }

    boolean exists() {
        return Files.isRegularFile(file);
    }

    /** What Java is told to use it. One that does not fit is left alone without a word. */
    List<String> options() {
        return exists() ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:disable") : List.of();
    }

    /** Lets the script that started this program find the archive the next time. */
    void link() throws IOException {
        String wanted = System.getProperty(LINK, "");
        Path link = Path.of(wanted);
        if (wanted.isEmpty() || !exists() || Files.exists(link) && Files.isSameFile(link, file)) {
            return;
        }
        Path fresh = link.resolveSibling("." + UUID.randomUUID());
        Files.createSymbolicLink(fresh, file);
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
    }
}
