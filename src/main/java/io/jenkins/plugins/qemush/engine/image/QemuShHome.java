package io.jenkins.plugins.qemush.engine.image;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where qemu-sh keeps what outlives a machine. The one place that decides it. */
public final class QemuShHome {
    private QemuShHome() {}

    /**
     * {@code $QEMU_SH_HOME}, else {@code $XDG_DATA_HOME/qemu-sh}, else {@code ~/.local/share/qemu-sh}.
     *
     * @param environment usually {@link System#getenv()}
     * @return an absolute path; the folder need not exist
     */
    public static Path in(Map<String, String> environment) {
        Optional<Path> own = set(environment, "QEMU_SH_HOME").map(Path::toAbsolutePath);
        // The XDG base directory specification: a relative path is to be ignored.
        Optional<Path> xdg = set(environment, "XDG_DATA_HOME").filter(Path::isAbsolute);
        return own.or(() -> xdg.map(data -> data.resolve("qemu-sh")))
                .orElseGet(() -> userHome(environment).resolve(".local/share/qemu-sh"));
    }

    /** The folder of images within {@link #in}. */
    public static Path images(Map<String, String> environment) {
        return in(environment).resolve("images");
    }

    private static Path userHome(Map<String, String> environment) {
        return set(environment, "HOME").orElseGet(() -> Path.of(System.getProperty("user.home")));
    }

    private static Optional<Path> set(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
