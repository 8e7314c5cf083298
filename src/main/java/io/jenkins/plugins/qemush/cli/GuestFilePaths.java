package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.sync.GuestCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files of a guest by their paths, as a user of the guest sees them; relative paths start at the user's home.
 *
 * @param user whose rights count
 */
record GuestFilePaths(GuestShell shell, String user) {
    /** An empty IFS: a name with blanks is one word, and only the pattern is expanded. */
    private static final String MATCH =
            "IFS=; for qsh_f in $1; do [ ! -e \"$qsh_f\" ] && [ ! -L \"$qsh_f\" ] || printf '%s\\0' \"$qsh_f\"; done";

    GuestCopy copy() {
        return new GuestCopy(shell, user);
    }

    /**
     * The paths that a shell's pattern means; a path that is none is itself.
     *
     * @throws HostFailure when there is no such file
     */
    List<String> matching(String pattern) throws IOException, InterruptedException {
        if (!pattern.matches("(?s).*[*?\\[].*")) {
            return List.of(pattern);
        }
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        run(MATCH, pattern, GuestStreams.output(found, StandardStreams.error()));
        if (found.size() == 0) {
            throw new HostFailure(
                    "No file in the guest is like " + pattern + ".", "Look with: qemu-sh exec NAME -- ls");
        }
        return List.of(found.toString(StandardCharsets.UTF_8).split("\0"));
    }

    /** Makes a file of what can be read. */
    void write(String path, InputStream content) throws IOException, InterruptedException {
        require(
                run(
                        "cat >\"$1\"",
                        path,
                        new GuestStreams(content, OutputStream.nullOutputStream(), StandardStreams.error())),
                path);
    }

    /** Writes a file's content. */
    void read(String path, OutputStream to) throws IOException, InterruptedException {
        require(run("cat <\"$1\"", path, GuestStreams.output(to, StandardStreams.error())), path);
    }

    private static void require(int status, String path) throws HostFailure {
        if (status != 0) {
            throw new HostFailure(
                    path + " could not be copied in the guest.",
                    "Its reason stands above; --user chooses another user.");
        }
    }

    private int run(String script, String path, GuestStreams streams) throws IOException, InterruptedException {
        List<String> line = List.of("sh", "-c", script, "sh", path);
        return shell.run(new GuestCommand(line, user, Map.of(), Optional.empty()), streams);
    }
}
