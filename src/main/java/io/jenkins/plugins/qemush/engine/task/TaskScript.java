package io.jenkins.plugins.qemush.engine.task;

import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a task's connection runs in the guest. It arrives on standard input: neither a secret nor the marker ever shows in
 * a process list.
 */
final class TaskScript {
    /** Processes of a task have this variable, with the task's id. */
    static final String MARK = "QEMU_SH_TASK";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Read-only in one shell or another, or of no meaning to another process. */
    private static final Set<String> THE_SHELLS_OWN =
            Set.of("_", "BASHOPTS", "BASH_VERSINFO", "EUID", "OLDPWD", "PPID", "PWD", "SHELLOPTS", "SHLVL", "UID");

    private final StringBuilder text = new StringBuilder();

    private TaskScript() {}

    /** Launches the task if that has not been done, and follows it. */
    static byte[] launching(TaskRequest request, ControlDirectory control, String id, String marker)
            throws IOException {
        TaskScript script = new TaskScript().define("qsh_directory", request.directory());
        script.define("qsh_script", request.script()).mirror(control).environment(request);
        return script.following(control, id, marker, resource("start.sh"));
    }

    /** Follows a task that was launched. */
    static byte[] following(ControlDirectory control, String id, String marker) throws IOException {
        return new TaskScript().following(control, id, marker, "");
    }

    /** As one compound command: should the connection break within it, a shell finds no end and runs nothing of it. */
    private byte[] following(ControlDirectory control, String id, String marker, String before) throws IOException {
        define("qsh_control", control.path().toString()).define("qsh_id", id).define("qsh_marker", marker);
        define("qsh_log_at", String.valueOf(control.logSize()));
        define("qsh_output_at", String.valueOf(control.outputSize()));
        return latin1("{\n" + text + before + resource("follow.sh") + "}\n");
    }

    private TaskScript define(String name, String value) {
        text.append(name).append('=').append(quoted(value)).append('\n');
        return this;
    }

    private TaskScript mirror(ControlDirectory control) throws IOException {
        text.append("qsh_mirror() {\n:\n");
        for (Path file : control.files()) {
            String target = "\"$qsh_control\"/" + quoted(PathParts.name(file).toString());
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            text.append("printf %s ").append(ShellQuote.word(content));
            text.append(" >").append(target).append(" || return\n");
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE)) {
                text.append("chmod 755 ").append(target).append(" || return\n");
            }
        }
        text.append("}\n");
        return this;
    }

    private void environment(TaskRequest request) {
        text.append("qsh_environment() {\n:\n");
        request.environment().forEach((name, value) -> {
            if (NAME.matcher(name).matches() && !THE_SHELLS_OWN.contains(name)) {
                text.append("export ").append(name).append('=');
                text.append(quoted(value)).append('\n');
            }
        });
        if (!request.pathPrefix().isEmpty()) {
            text.append("export PATH=").append(quoted(request.pathPrefix())).append(":\"$PATH\"\n");
        }
        text.append("}\n");
    }

    /** The text is one of bytes, a character each, since files may hold any. */
    private static String quoted(String value) {
        return ShellQuote.word(new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A script that lies beside this class; plain ASCII. */
    static String resource(String name) throws IOException {
        try (InputStream in = TaskScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is missing beside " + TaskScript.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
