package io.jenkins.plugins.qemush.engine.vm.serial;

import io.jenkins.plugins.qemush.testing.UnixServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The console of a guest that there is not: a getty and a real shell on a terminal of this host. The guest's files are
 * below a folder: what is typed of /etc and /home is changed on its way. Of programs there is only what a folder {@code bin}
 * has; those that would alter this host do nothing there, and go by other names.
 */
final class ConsoleInUse implements UnixServer.Play {
    /** What makes it hard to get on with a console. */
    enum Nuisance {
        /** Coloured prompts, in all shells. */
        COLOUR,
        /** Prompts that end like none. */
        ODD_PROMPT,
        /** A message of the day with everything in it that looks like a question. */
        MOTD,
        /** There is no stty. */
        NO_STTY,
        /** The getty forgets the first answer. */
        ASKS_TWICE,
        /** What is typed is thrown away until the shell is there. */
        FLUSHES,
        /** Each character takes its time, in both directions. */
        SLOW,
        /** The kernel writes into everything, with time stamps. */
        KERNEL,
        /** The kernel writes into everything, without time stamps. */
        UNSTAMPED_KERNEL
    }

    /** After each of these the kernel writes, once: into what is waited for. */
    private static final List<String> INTERRUPTED =
            List.of("login: ", "# ", "qemush-4", "qemush-hostk", "AAAAh", "qemush-don");

    private static final String MESSAGE = "random: crng init done\r\n";

    private static final List<String> PROGRAMS =
            List.of("cat", "cut", "grep", "sed", "mkdir", "chmod", "sleep", "env", "tail", "head", "ls", "rm");

    /**
     * What would alter this host, or tell of its users: goes by another name here. A stub in PATH is not enough, as busybox' shell
     * prefers its own.
     */
    private static final Pattern DANGEROUS = Pattern.compile("\\b(id|chown|date|adduser|useradd) ");

    private final Path root;
    private final List<String> shell;
    private final Set<Nuisance> nuisances;

    /**
     * @param root an empty folder
     * @param shell root's login shell and its arguments
     * @param sh what {@code sh} is, with its arguments
     */
    ConsoleInUse(Path root, List<String> shell, List<String> sh, Set<Nuisance> nuisances) throws IOException {
        this.root = root;
        this.shell = shell;
        this.nuisances = nuisances;
        for (String directory : List.of("bin", "etc/ssh", "home", "root/.config/fish")) {
            Files.createDirectories(root.resolve(directory));
        }
        write("etc/passwd", "root:x:0:0::" + root.resolve("root") + ":/bin/sh\n");
        write("etc/group", "");
        write("etc/ssh/ssh_host_ed25519_key.pub", "ssh-ed25519 AAAAhost root@guest\n");
        programs(sh);
        promptFiles();
        getty();
    }

    private void programs(List<String> sh) throws IOException {
        for (String name : PROGRAMS) {
            real(name);
        }
        if (!nuisances.contains(Nuisance.NO_STTY)) {
            real("stty");
        }
        program("guest-chown", "exit 0");
        program("guest-date", "echo set >" + root.resolve("clock"));
        program("guest-adduser", "exit 1");
        program("guest-useradd", "exit 1");
        program("guest-id", "exec grep -q \"^$1:\" " + root.resolve("etc/passwd"));
        program("sh", "exec " + String.join(" ", sh) + " \"$@\"");
    }

    private void real(String name) throws IOException {
        program(name, "exec " + found(name) + " \"$@\"");
    }

    private void promptFiles() throws IOException {
        boolean odd = nuisances.contains(Nuisance.ODD_PROMPT);
        boolean colour = nuisances.contains(Nuisance.COLOUR);
        String end = odd ? "\u276f\u276f " : "# ";
        String on = colour ? "\u001b[1;32m" : "";
        String off = colour ? "\u001b[0m" : "";
        String title = colour ? "\u001b]0;root@guest\u0007" : "";
        String prompt = title + on + "root@guest" + off + end + off;
        write("root/.bashrc", "PS1='" + prompt + "'\n");
        write("root/.zshrc", "PROMPT='" + prompt + "'\n");
        write(
                "root/.tcshrc",
                "set prompt = '%{" + title + on + "%}root@guest%{" + off + "%}" + end + "%{" + off + "%}'\n");
        write("root/.shrc", "PS1='" + prompt + "'\n");
        write("root/.config/fish/config.fish", "function fish_prompt; echo -n '" + prompt + "'; end\n");
    }

    private void getty() throws IOException {
        StringBuilder script = new StringBuilder("printf 'Welcome to the guest\\n\\n'\n");
        String ask = "printf 'guest login: '; read -r name\n";
        script.append(nuisances.contains(Nuisance.ASKS_TWICE) ? ask : "").append(ask);
        // Nobody else can log in without a password.
        script.append("while [ \"$name\" != root ]; do printf 'Password: '; read -r p; echo 'Login incorrect'; ")
                .append(ask)
                .append("done\n");
        if (nuisances.contains(Nuisance.MOTD)) {
            write("etc/motd", motd());
            script.append("cat ").append(root.resolve("etc/motd")).append('\n');
        }
        if (nuisances.contains(Nuisance.FLUSHES)) {
            script.append(
                    "python3 -c 'import sys, termios, time; time.sleep(1); termios.tcflush(0, termios.TCIFLUSH)'\n");
        }
        script.append("PATH=").append(root.resolve("bin")).append("; exec ").append(String.join(" ", shell));
        write("getty", script.toString());
    }

    private static String motd() {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 30; line++) {
            text.append("# To set a password: passwd $ \n#####\nLast login: Mon on ttyS0\n> \n");
        }
        return text.toString();
    }

    /** A file of the guest. */
    void write(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    /** A program of the guest, as a script of this host's shell. */
    void program(String name, String script) throws IOException {
        Path file = root.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Where this host has a program; relative when it has none. */
    static Path found(String name) {
        for (String directory : List.of("/bin", "/usr/bin")) {
            if (Files.isExecutable(Path.of(directory, name))) {
                return Path.of(directory, name);
            }
        }
        return Path.of(name);
    }

    @Override
    public void run(UnixServer.Peer peer) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "script", "-q", "-f", "-E", "always", "-c", "exec sh " + root.resolve("getty"), "/dev/null");
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(Set.of("PATH", "LANG", "LC_ALL"));
        environment.putAll(Map.of(
                "HOME",
                root.resolve("root").toString(),
                "ENV",
                root.resolve("root/.shrc").toString(),
                "SHELL",
                "/bin/sh",
                "TERM",
                "vt220"));
        Process terminal = builder.redirectErrorStream(true).start();
        try {
            Thread screen = new Thread(() -> show(terminal.getInputStream(), peer), "screen");
            screen.setDaemon(true);
            screen.start();
            OutputStream keyboard = terminal.getOutputStream();
            for (String line = peer.hear(); line != null; line = peer.hear()) {
                type(keyboard, below(line) + "\n");
            }
        } finally {
            terminal.descendants().forEach(ProcessHandle::destroyForcibly);
            terminal.destroyForcibly();
        }
    }

    /** The same line for the guest's files; nothing of it may reach this host's own, nor its network. */
    private String below(String line) {
        String changed = DANGEROUS
                .matcher(line)
                .replaceAll("guest-$1 ")
                .replace("/etc/", root + "/etc/")
                .replace("::/home/", "::" + root + "/home/")
                .replace("/usr/sbin:/sbin", root + "/sbin");
        for (String place : List.of("/proc/net/", "/proc/[0-9]", "/proc/mounts", "/sys/class/", "/var/log/")) {
            changed = changed.replace(place, root + place);
        }
        return changed;
    }

    private void type(OutputStream keyboard, String text) throws IOException, InterruptedException {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            keyboard.write(b);
            if (nuisances.contains(Nuisance.SLOW)) {
                keyboard.flush();
                TimeUnit.MICROSECONDS.sleep(50);
            }
        }
        keyboard.flush();
    }

    private void show(InputStream screen, UnixServer.Peer peer) {
        Map<String, Boolean> left = new HashMap<>();
        INTERRUPTED.forEach(text -> left.put(text, true));
        StringBuilder shown = new StringBuilder();
        try {
            for (int b = screen.read(); b >= 0; b = screen.read()) {
                peer.out().write(b);
                if (nuisances.contains(Nuisance.SLOW)) {
                    TimeUnit.MICROSECONDS.sleep(50);
                }
                shown.append((char) b);
                for (String text : INTERRUPTED) {
                    if (shown.toString().endsWith(text) && left.replace(text, false)) {
                        interrupt(peer);
                    }
                }
            }
        } catch (IOException e) {
            // The host has what it wanted.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void interrupt(UnixServer.Peer peer) throws IOException {
        if (nuisances.contains(Nuisance.KERNEL)) {
            peer.say("[    4.123456] " + MESSAGE);
        } else if (nuisances.contains(Nuisance.UNSTAMPED_KERNEL)) {
            peer.say(MESSAGE);
        }
    }
}
