package io.jenkins.plugins.qemush.engine.task;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.ScriptFile;
import io.jenkins.plugins.qemush.engine.guest.ShellQuote;
import io.jenkins.plugins.qemush.engine.path.PathParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

/**
 * What a task's connection runs in the guest. It arrives on standard input: neither a secret nor the marker ever shows in
 * a process list.
 */
final class TaskScript {
    /** Processes of a task have this variable, with the task's id. */
    static final String MARK = "QEMU_SH_TASK";

    /** Read-only in one shell or another, or of no meaning to another process. */
    private static final Set<String> THE_SHELLS_OWN =
            Set.of("_", "BASHOPTS", "BASH_VERSINFO", "EUID", "OLDPWD", "PPID", "PWD", "SHELLOPTS", "SHLVL", "UID");

    private final StringBuilder text = new StringBuilder();

    private TaskScript() {}

    /** Launches the task if that has not been done, and follows it. */
    static String launching(TaskRequest request, ControlDirectory control, String id, String marker)
            throws IOException {
        TaskScript script = new TaskScript().define("qsh_directory", request.directory());
        script.define("qsh_script", request.script()).mirror(control);
        script.environment(request);
        return script.following(control, id, marker, ScriptFile.read(TaskScript.class, "start.sh"));
    }

    /** Follows a task that was launched. */
    static String following(ControlDirectory control, String id, String marker) throws IOException {
        return new TaskScript().following(control, id, marker, "");
    }

    /** As one compound command: should the connection break within it, a shell finds no end and runs nothing of it. */
    private String following(ControlDirectory control, String id, String marker, String before) throws IOException {
        define("qsh_control", control.path().toString()).define("qsh_id", id).define("qsh_marker", marker);
        define("qsh_log_at", String.valueOf(control.logSize()));
        define("qsh_output_at", String.valueOf(control.outputSize()));
        return "{\n" + text + before + ScriptFile.read(TaskScript.class, "follow.sh") + "}\n";
    }

    private TaskScript define(String name, String value) {
        text.append(name).append('=').append(ShellQuote.word(value)).append('\n');
        return this;
    }

    private TaskScript mirror(ControlDirectory control) throws IOException {
        text.append("qsh_mirror() {\n:\n");
        for (Path file : control.files()) {
            String target =
                    "\"$qsh_control\"/" + ShellQuote.word(PathParts.name(file).toString());
            text.append("printf ").append(printfFormat(Files.readAllBytes(file)));
            text.append(" >").append(target).append(" || return\n");
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE)) {
                text.append("chmod 755 ").append(target).append(" || return\n");
            }
        }
        text.append("}\n");
        return this;
    }

    private void environment(TaskRequest request) throws HostFailure {
        text.append("qsh_environment() {\n:\n");
        for (Map.Entry<String, String> variable : request.environment().entrySet()) {
            String name = variable.getKey();
            if (ShellQuote.isVariable(name) && !THE_SHELLS_OWN.contains(name)) {
                GuestCommand.requireFits(name, variable.getValue());
                text.append("export ").append(name).append('=');
                text.append(ShellQuote.word(variable.getValue())).append('\n');
            }
        }
        if (!request.pathPrefix().isEmpty()) {
            text.append("export PATH=")
                    .append(ShellQuote.word(request.pathPrefix()))
                    .append(":\"$PATH\"\n");
        }
        text.append("}\n");
    }

    /** What makes {@code printf} write these bytes, whatever they are; a file's encoding need not be the text's. */
    private static String printfFormat(byte[] content) {
        StringBuilder format = new StringBuilder(content.length);
        for (byte each : content) {
            switch (each) {
                case '%' -> format.append("%%");
                case '\\' -> format.append("\\\\");
                default -> {
                    // An option is what a leading minus sign would make of it.
                    if (each > 0 && (each != '-' || !format.isEmpty())) {
                        format.append((char) each);
                    } else {
                        format.append(String.format("\\%03o", each & 0xff));
                    }
                }
            }
        }
        return ShellQuote.word(format.toString());
    }
}
