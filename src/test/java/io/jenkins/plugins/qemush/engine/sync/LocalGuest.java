package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest without a machine: busybox in a mount namespace of this one. What it mounts, nobody else sees, so the
 * workspace lies at the same path on both sides. Without root, a user namespace makes do; the kernel mounts no disk image
 * there, so its content is unpacked where it would be mounted.
 */
public final class LocalGuest implements GuestShell, AutoCloseable {

    private static final String SETUP =
            """
            set -eu
            loop_devices() {
                mount -t tmpfs dev /dev
                mknod /dev/null c 1 3; mknod /dev/loop-control c 10 237
                for n in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do mknod /dev/loop$n b 7 $n; done
                ln -s "$1" /dev/workspace
            }
            mount -t tmpfs lib /var/lib
            mkdir /var/lib/blocks
            if [ -n "$2" ]; then
                [ -n "$3" ] || loop_devices "$2"
                mount -t tmpfs block /sys/block
                mkdir /sys/block/workspace
                echo workspace >/sys/block/workspace/serial
                ln -s "$2.sectors" /sys/block/workspace/size
            fi
            echo ready
            exec cat
            """;

    /** Stands for {@code mount} in a user namespace: no disk image, and no overlay's notes in trusted attributes. */
    private static final String MOUNT_WITHOUT_ROOT =
            """
            #!/bin/sh
            for target; do :; done
            case "$*" in
                '-t squashfs '*) exec /usr/bin/unsquashfs -n -q -f -d "$target" '%s' >&2 ;;
                '-t overlay '*) exec /bin/busybox mount -t overlay -o "$4,userxattr" "$5" "$6" ;;
                *) exec /bin/busybox mount "$@" ;;
            esac
            """;

    private final Path applets;
    private Path path;
    private final Process namespace;
    private final boolean root;

    /** @param scratch a folder for the guest's programs and its disk */
    public LocalGuest(Path scratch, boolean withDisk) throws IOException, InterruptedException {
        root = run("id", "-u").equals("0");
        applets = Files.createDirectories(scratch.resolve("applets"));
        path = applets;
        run("/bin/busybox", "--install", "-s", applets.toString());
        String disk = withDisk ? scratch.resolve("disk").toString() : "";
        if (withDisk && !root) {
            mountWithoutRoot(disk);
        }
        List<String> command = new ArrayList<>(List.of("unshare", root ? "-m" : "-rm"));
        command.addAll(List.of("sh", "-c", SETUP, "sh", applets.toString(), disk, root ? "" : "unpacked"));
        namespace = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader said = namespace.inputReader();
        String line = said.readLine();
        assumeTrue("ready".equals(line), "SKIPPED: no mount namespaces here: " + line);
    }

    private void mountWithoutRoot(String disk) throws IOException {
        // busybox' own shell would take its own mount.
        Path shell = applets.resolve("sh");
        Files.delete(shell);
        Files.createSymbolicLink(shell, Path.of("/bin/sh"));
        Path mount = applets.resolve("mount");
        Files.delete(mount);
        Files.writeString(mount, MOUNT_WITHOUT_ROOT.formatted(disk));
        Files.setPosixFilePermissions(mount, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The disk behind {@code /dev/workspace}. */
    public static WorkspaceDiskPort disk(Path scratch) {
        return new WorkspaceDiskPort() {
            @Override
            public Path file() {
                return scratch.resolve("disk");
            }

            @Override
            public String serial() {
                return "workspace";
            }

            @Override
            public void resized(long bytes) throws IOException {
                Files.writeString(scratch.resolve("disk.sectors"), bytes / 512 + "\n");
            }
        };
    }

    @Override
    public int run(GuestCommand command, GuestStreams streams) throws IOException, InterruptedException {
        Process process = start(command);
        Thread input = new Thread(() -> feed(streams.in(), process), "guest input");
        Thread errors = new Thread(() -> pump(process.getErrorStream(), streams.err()), "guest errors");
        input.setDaemon(true);
        input.start();
        errors.start();
        try {
            pump(process.getInputStream(), streams.out());
            errors.join();
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Takes programs out of the guest. What a test does there with {@link #sh} has them still. */
    void lack(List<String> programs) throws IOException, InterruptedException {
        if (programs.isEmpty()) {
            return;
        }
        // busybox' own shell would find them in itself.
        Path few = Files.createDirectories(applets.resolveSibling("few"));
        run("sh", "-c", "cp -P \"$1\"/* \"$2\"; ln -sf /bin/sh \"$2/sh\"", "sh", applets.toString(), few.toString());
        for (String program : programs) {
            Files.deleteIfExists(few.resolve(program));
            sh(Path.of("/"), "[ ! -e /usr/bin/" + program + " ] || mount --bind /dev/null /usr/bin/" + program);
        }
        path = few;
    }

    private Process start(GuestCommand command) throws IOException {
        List<String> line = new ArrayList<>(List.of("nsenter", "-t", String.valueOf(namespace.pid()), "-m"));
        if (!root) {
            line.addAll(List.of("-U", "--preserve-credentials"));
        }
        line.addAll(List.of("env", "-i", "PATH=" + path));
        line.addAll(List.of("sh", "-c", "\"$@\"; exit $?", "sh"));
        line.addAll(command.arguments());
        return new ProcessBuilder(line).start();
    }

    private static void feed(InputStream input, Process process) {
        try (OutputStream stdin = process.getOutputStream()) {
            pump(input, stdin);
        } catch (IOException e) {
            // The process has ended and reads no more; its status tells.
            return;
        }
    }

    private static void pump(InputStream from, OutputStream to) {
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            // One side has gone: the other learns it from the command's end.
            return;
        }
    }

    /** Runs a script in the guest and returns what it prints. */
    public String sh(Path directory, String script) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String whole = "set -e; export PATH='" + applets + "'; cd '" + directory + "'\n" + script;
        int status = run(GuestCommand.rootScript(whole), GuestStreams.output(out, out));
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(status).as(text).isZero();
        return text.strip();
    }

    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.strip();
    }

    @Override
    public void close() throws IOException {
        namespace.getOutputStream().close();
        namespace.onExit().join();
    }
}
