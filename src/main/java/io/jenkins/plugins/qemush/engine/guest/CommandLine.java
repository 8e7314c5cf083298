package io.jenkins.plugins.qemush.engine.guest;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link GuestCommand} in the form that travels: a command line that is the same for all, and input that says
 * everything. So neither arguments nor environment show up in the guest's process list before the command itself does,
 * and of their size only what {@code execve} takes in the guest is a limit.
 */
final class CommandLine {
    /** Marks a command's processes in the guest, whatever they do with sessions and parents. */
    static final String MARK = "QEMU_SH_COMMAND";

    /** The first byte of a shell's output, once it has its command; see {@link BeginMark}. */
    static final int BEGUN = 1;

    /** Enters the directory of a command, or says why not; 126 as docker's status for it. */
    private static final String ENTER = "qsh_cd(){ cd -- \"$1\" 2>/dev/null&&return;"
            + "[ -d \"$1\" ]&&qsh_s=\"may not be entered\"||qsh_s=\"does not exist\";"
            + "echo \"qemu-sh: The directory $1 $qsh_s in the guest.\">&2;exit 126;};";

    private static final String READ_AND_RUN = ENTER + "while IFS= read -r qsh_s;do eval \"$qsh_s\";done;exit 1";

    /** What others may read: files and folders of commands and of the engine's own scripts. */
    static final String USUAL_UMASK = "umask 022";

    private static final String SAY_BEGUN = "printf '\\001'";

    /** Each byte of a line costs a guest without KVM up to 0.05 ms, so that beyond this a process that reads all is cheaper. */
    private static final int LONGEST_LINE = 200;

    /** The names that {@code export} takes. */
    private CommandLine() {}

    /**
     * What the SSH server is asked to run: a shell that waits for a command, and for others behind those that share it. Root is
     * who logs in.
     *
     * <p>It is marked from its start: only what a process was started with shows in /proc, where {@link CookieKiller}
     * looks, and busybox runs its own commands in forks of the shell.
     *
     * <p>Some guests start their SSH server with a umask of 077 (Buildroot's S50sshd). A user's own comes with {@code su},
     * where the guest has one (pam_umask).
     *
     * @param mark the value of {@link #MARK}, a plain word
     */
    static String toExecute(String user, String mark) {
        String shell = user.equals(GuestCommand.ROOT) ? "/bin/sh" : "su -s /bin/sh " + ShellQuote.word(user);
        return "export " + MARK + "=" + mark + ";" + USUAL_UMASK + ";exec " + shell + " -c "
                + ShellQuote.word(READ_AND_RUN);
    }

    /**
     * What the shell reads, byte by byte: one line, and what that line has it read at once. The command's input may follow
     * when the shell has said {@link #BEGUN}.
     *
     * @param end what the shell says behind a command that shares it and succeeds. A command that does not succeed ends its
     *     shell, so that the channel's end says that all it had to say has come.
     * @throws HostFailure when a variable's name is none that a shell knows
     */
    static byte[] text(GuestCommand command, String end) throws HostFailure {
        // A shell that the connection's loss leaves with a part of it finds no end and runs nothing.
        String script = "unset qsh_s;" + script(command) + "; ";
        String text = "{ " + (command.sharesShell() ? inFork(script, end) : script) + "}";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_LINE && text.indexOf('\n') < 0) {
            return (SAY_BEGUN + "&&" + text + "\n").getBytes(StandardCharsets.UTF_8);
        }
        // head may read more than it is told, so the command's input has to wait for the mark.
        String readAll = "qsh_s=$(head -c " + bytes.length + ")&&" + SAY_BEGUN + "||exit;eval \"$qsh_s\"\n";
        return (readAll + text).getBytes(StandardCharsets.UTF_8);
    }

    /** Not as a part of a condition: a shell ignores the script's {@code set -e} there. */
    private static String inFork(String script, String end) {
        return "(" + script + ");qsh_s=$?;[ $qsh_s = 0 ]||exit $qsh_s;echo " + end + "; ";
    }

    private static String script(GuestCommand command) throws HostFailure {
        StringBuilder script = new StringBuilder("set --");
        for (String argument : command.arguments()) {
            script.append(' ').append(word(argument));
        }
        for (Map.Entry<String, String> variable : command.environment().entrySet()) {
            GuestCommand.requireFits(variable.getKey(), variable.getValue());
            script.append(";export ").append(checked(variable.getKey())).append('=');
            script.append(word(variable.getValue()));
        }
        Optional<String> directory = command.directory();
        script.append(directory.isEmpty() ? ";cd;" : enter(directory.get()));
        return script + "\"$@\"; exit $?";
    }

    /** A relative one starts at the home. */
    private static String enter(String directory) throws HostFailure {
        return directory.startsWith("/")
                ? ";qsh_cd " + word(directory) + ";"
                : ";cd;qsh_cd " + word("./" + directory) + ";";
    }

    private static String checked(String name) throws HostFailure {
        if (!ShellQuote.isVariable(name)) {
            throw new HostFailure(
                    "\"" + name + "\" is no name for an environment variable.",
                    "Use letters, digits and underscores, not a digit first.");
        }
        return name;
    }

    private static String word(String text) throws HostFailure {
        if (text.indexOf(0) >= 0) {
            throw new HostFailure(
                    "An argument, variable or directory of the command contains a NUL character.",
                    "Pass such data through a file or standard input.");
        }
        return ShellQuote.word(text);
    }
}
